// Everything that an open device shows and does.

import "./paper.js";
import "./screens/action.js";
import "./screens/acute.js";
import "./screens/conflicts.js";
import "./screens/device.js";
import "./screens/evidence.js";
import "./screens/finish.js";
import "./screens/people.js";
import "./screens/read-back.js";
import "./screens/requirements.js";
import "./screens/talk.js";
import "./screens/talk-start.js";
import "./screens/visit.js";
import "./screens/visits.js";
import "./uploads.js";
