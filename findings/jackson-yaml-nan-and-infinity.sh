#!/usr/bin/env bash
# Jackson 2.22.4, jackson-dataformat-yaml with its default settings.
#
# expected: .nan, .inf and -.inf, the spellings of YAML 1.1 and 1.2 for floats that are no finite
#     number, are read as such; and what the mapper writes for them is spelled so, too.
# seen: all three are errors ("Malformed numeric value"), for a tree as for a double of a record: the
#     scanner takes them for numbers by YAML's rules, and then Java parses the text. What is written is
#     Java's spelling (NaN, Infinity), which by YAML's rules is a string: Jackson reads it back as a
#     number into a double and as a string into a tree, and SnakeYAML 2.x as a string.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

classes=$(class_path com.fasterxml.jackson.dataformat:jackson-dataformat-yaml:2.22.4)

cat >Finding.java <<'JAVA'
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.PackageVersion;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

public class Finding {
  public record Setting(double k) {}

  static boolean asBefore = true;

  static void expect(boolean holds, String what) {
    System.out.println("seen: " + what + (holds ? "" : "   <- no longer"));
    asBefore &= holds;
  }

  static String reading(YAMLMapper mapper, String text, boolean tree) {
    try {
      return String.valueOf(tree ? mapper.readTree(text).get("k").getNodeType() : mapper.readValue(text, Setting.class).k());
    } catch (JsonProcessingException e) {
      return e.getOriginalMessage();
    }
  }

  public static void main(String[] arguments) throws Exception {
    YAMLMapper mapper = new YAMLMapper();
    expect(PackageVersion.VERSION.toString().equals("2.22.4"), "jackson-dataformat-yaml " + PackageVersion.VERSION);
    for (String spelling : new String[] {".nan", ".NaN", ".inf", "-.inf"}) {
      Object reference = ((Map<?, ?>) new Yaml().load("k: " + spelling)).get("k");
      String tree = reading(mapper, "k: " + spelling, true);
      String number = reading(mapper, "k: " + spelling, false);
      expect(
          reference instanceof Double && tree.contains("Malformed") && number.contains("Malformed"),
          spelling + ": SnakeYAML " + reference + "; Jackson, tree: " + tree + "; double: " + number);
    }
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      String text = mapper.writeValueAsString(new Setting(value)).replace("---", "").trim();
      Object reference = ((Map<?, ?>) new Yaml().load(text)).get("k");
      JsonNode node = mapper.readTree(text).get("k");
      expect(
          text.equals("k: " + value) && reference instanceof String && node.isTextual(),
          value + " is written as '" + text + "'; SnakeYAML reads a " + reference.getClass().getSimpleName()
              + "; Jackson, tree: " + node.getNodeType() + "; double: " + reading(mapper, text, false));
    }
    System.exit(asBefore ? 0 : 1);
  }
}
JAVA
java -cp "$classes" Finding.java
