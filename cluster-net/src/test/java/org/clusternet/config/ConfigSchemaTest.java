package org.clusternet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.clusternet.config.ConfigSchema.Setting;
import org.clusternet.text.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys, descriptions and defaults that the file and the command line share. */
class ConfigSchemaTest {

  @Test
  void keysAreThoseOfTheFile() {
    List<String> written = new ArrayList<>();
    collect(Json.tree(TrainingConfig.quick(null)), "", written);
    assertEquals(written, ConfigSchema.settings().stream().map(Setting::key).toList());
  }

  private static void collect(JsonNode tree, String prefix, List<String> keys) {
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      keys.add(prefix + entry.getKey());
      collect(entry.getValue(), prefix + entry.getKey() + ".", keys);
    }
  }

  @Test
  void everySettingHasADescription() {
    for (Setting setting : ConfigSchema.settings()) {
      assertFalse(setting.description().isBlank(), setting.key());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.image_size      | quick: 64, paper: 256",
        "optimizer.batch      | default: 16",
        "crop.lambda          | default: 25",
        "crop.size            | default: that of the network's input",
        "compute.threads      | default: one per processor",
        "data.simulation.mix  | quick: accept, paper: paper",
        "data.folder          | ''",
        "data                 | ''",
      })
  void defaultsAreThoseOfThePresets(String key, String expected) {
    assertEquals(expected, ConfigSchema.setting(key).defaults());
  }

  @Test
  void permittedValuesAreListed() {
    assertEquals(
        "approach of the paper: baseline, attention, gaussian, both or all (default: all)",
        ConfigSchema.setting("variant").help());
  }

  @Test
  void anUnknownKeyIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ConfigSchema.setting("epochs"))
            .getMessage();
    assertEquals("unknown key=epochs", message);
  }
}
