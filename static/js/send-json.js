// One request that carries JSON and the page's token: what every text that saves itself is sent by.
// No redirect is followed: one can only be the way to the sign-in page.

const token = document.querySelector('meta[name="csrf-token"]');

// The answer and its JSON ({} when it has none). The answer is null when the network gave none.
export async function sendJson(method, url, content) {
  try {
    const answer = await fetch(url, {
      method,
      credentials: "same-origin",
      redirect: "manual",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token?.content ?? "" },
      body: JSON.stringify(content),
    });
    return { answer, body: await answer.json().catch(() => ({})) };
  } catch {
    return { answer: null, body: {} };
  }
}
