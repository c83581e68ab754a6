package org.clusternet.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.clusternet.architecture.Arrows;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules on dependencies with bench on the class path, which the application's tests lack. */
class BenchArrowsTest {
  private static JavaClasses ours;

  @BeforeAll
  static void importOurs() {
    ours =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-fixtures.jar"))
            .importPackages("org.clusternet");
  }

  @ParameterizedTest
  @EnumSource
  void ruleHoldsWithBench(Arrows arrow) {
    arrow.check(ours);
  }

  /** An import that silently leaves a module out would let every rule hold. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernels.AttentionCropLaunch",
        "engine.Devices",
        "nn.layer.Linear",
        "data.CoreType",
        "cli.Main",
        "bench.compare.Compare"
      })
  void everyModuleIsRead(String name) {
    assertTrue(ours.contain("org.clusternet." + name));
  }
}
