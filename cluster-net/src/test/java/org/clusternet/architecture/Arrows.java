package org.clusternet.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/**
 * The arrows of the house plan as rules.
 *
 * <pre>
 * kernels  &lt;-  engine  &lt;-  nn  &lt;-  cluster-net  -&gt;  data
 *    ^           ^         ^
 *    +-----------+---------+---- examples
 * </pre>
 *
 * <p>Maven hands every module the whole chain to its left, so the compiler would let the network
 * call a kernel. These rules hold the plan: a module knows its direct neighbour only. Whatever
 * package of ours is not named as one of the libraries below belongs to the application.
 */
enum Arrows {
  /** Kernels are launch records and PTX: they know nothing else of ours. */
  KERNELS_KNOW_NOBODY(forbid(Layer.KERNELS, not(Layer.KERNELS).and(Layer.OURS))),

  /** The engine knows tensors and ops, no layers, models or files of astronomy. */
  ENGINE_KNOWS_KERNELS(forbid(Layer.ENGINE, Layer.NN.or(Layer.DATA).or(Layer.APP))),

  /** Layers and weights are independent of clusters, and reach kernels only through the engine. */
  NN_KNOWS_ENGINE(forbid(Layer.NN, Layer.KERNELS.or(Layer.DATA).or(Layer.APP))),

  /** Data can be read, simulated and checked without a tensor. */
  DATA_KNOWS_NOBODY(forbid(Layer.DATA, not(Layer.DATA).and(Layer.OURS))),

  /** The application leaves kernels and native libraries to the engine. */
  APP_KNOWS_NO_KERNELS(forbid(Layer.APP, Layer.KERNELS.or(Layer.ONEDNN))),

  /** Examples show the engine, and are of no use to anybody but readers. */
  EXAMPLES_KNOW_THE_ENGINE(forbid(Layer.EXAMPLES, Layer.DATA.or(Layer.APP).or(Layer.BENCH))),

  /** Nothing that is published rests on an example. */
  NOBODY_KNOWS_EXAMPLES(forbid(not(Layer.EXAMPLES), Layer.EXAMPLES)),

  /** JCuda is seen by one package of the engine's CUDA device alone. */
  JCUDA_ONLY_IN_ITS_PACKAGE(forbid(not(Layer.JCUDA_BINDING), Layer.JCUDA)),

  /** What the CUDA device and its kernels ask of a GPU, they ask of the narrow interface. */
  CUDA_DEVICE_KNOWS_NO_BINDING(
      forbid(Layer.CUDA_DEVICE.or(Layer.OPS), Layer.JCUDA_BINDING.or(Layer.DOCTOR))),

  /** The oneDNN binaries are loaded by the engine's CPU package alone. */
  ONEDNN_ONLY_IN_ITS_DEVICE(forbid(not(Layer.CPU_DEVICE), resideInAPackage("org.bytedeco.."))),

  /**
   * Foreign functions are called by the engine's CPU package, by the probe for NVIDIA's driver, and
   * by the one class that takes standard error back from the launcher.
   */
  FOREIGN_FUNCTIONS_ONLY_IN_DEVICES(
      forbid(
          not(Layer.CPU_DEVICE.or(Layer.JCUDA_BINDING))
              .and(not(nameMatching("org\\.clusternet\\.cli\\.StandardError"))),
          nameMatching("java\\.lang\\.foreign\\.(Linker|SymbolLookup)(\\$.*)?"))),

  /** No package depends on itself by way of another. */
  NO_CIRCLES(slices().matching("org.clusternet.(**)").should().beFreeOfCycles());

  /** The sets of classes that the rules speak of. */
  private static final class Layer {
    static final DescribedPredicate<JavaClass> OURS = resideInAPackage("org.clusternet..");
    static final DescribedPredicate<JavaClass> KERNELS = of("kernels");
    static final DescribedPredicate<JavaClass> ENGINE = of("engine");
    static final DescribedPredicate<JavaClass> NN = of("nn");
    static final DescribedPredicate<JavaClass> DATA = of("data");
    static final DescribedPredicate<JavaClass> BENCH = of("bench");
    static final DescribedPredicate<JavaClass> EXAMPLES = of("examples");
    static final DescribedPredicate<JavaClass> APP =
        OURS.and(not(KERNELS.or(ENGINE).or(NN).or(DATA).or(BENCH).or(EXAMPLES)))
            .as("classes of the application");
    static final DescribedPredicate<JavaClass> CPU_DEVICE =
        resideInAPackage("org.clusternet.engine.cpu..");
    static final DescribedPredicate<JavaClass> CUDA_DEVICE =
        resideInAnyPackage("org.clusternet.engine.cuda", "org.clusternet.engine.cuda.api..");
    static final DescribedPredicate<JavaClass> OPS = resideInAPackage("org.clusternet.engine.op..");
    static final DescribedPredicate<JavaClass> JCUDA_BINDING =
        resideInAPackage("org.clusternet.engine.cuda.jcuda..");
    static final DescribedPredicate<JavaClass> DOCTOR =
        resideInAPackage("org.clusternet.engine.cuda.doctor..");
    static final DescribedPredicate<JavaClass> JCUDA = resideInAnyPackage("jcuda..", "org.jcuda..");
    static final DescribedPredicate<JavaClass> ONEDNN =
        resideInAnyPackage("org.clusternet.engine.cpu.onednn..", "org.bytedeco..");

    private Layer() {}

    private static DescribedPredicate<JavaClass> of(String module) {
      return resideInAPackage("org.clusternet." + module + "..");
    }
  }

  private final ArchRule rule;

  Arrows(ArchRule rule) {
    this.rule = rule;
  }

  /**
   * Checks the classes against this rule.
   *
   * @throws AssertionError naming each dependency that breaks it
   */
  void check(JavaClasses classes) {
    rule.as(name()).allowEmptyShould(true).check(classes);
  }

  private static ArchRule forbid(
      DescribedPredicate<? super JavaClass> who, DescribedPredicate<? super JavaClass> whom) {
    return ArchRuleDefinition.classes()
        .that(Layer.OURS.and(who.forSubtype()))
        .should(never(dependOnClassesThat(whom)));
  }
}
