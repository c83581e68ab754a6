#!/usr/bin/env bash
# Commons Math 3.6.1, WilcoxonSignedRankTest.
#
# expected: pairs that do not differ are dropped, as Wilcoxon 1945 has it and as R's wilcox.test and
#     SciPy's wilcoxon do by default; two identical samples give p = 1 or an error that says that no
#     pair differs.
# seen: such pairs stay and share their mean rank. A difference of zero counts for neither sign, while
#     the expectation and the variance are those of all pairs, so that samples look the more different
#     the more of their pairs are equal: 50 identical pairs give p = 7e-10, and ten pairs that differ
#     evenly in both directions become significant when 40 equal pairs are added.
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

classes=$(class_path org.apache.commons:commons-math3:3.6.1)

cat >Finding.java <<'JAVA'
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;

public class Finding {
  static double p(int differing, int equal) {
    double[] x = new double[differing + equal];
    double[] y = new double[differing + equal];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
      y[i] = i < differing ? i + (i % 2 == 0 ? 1 : -1) : i;
    }
    double p = new WilcoxonSignedRankTest().wilcoxonSignedRankTest(x, y, false);
    System.out.printf("seen: %d pairs that differ evenly both ways, %d equal pairs: p = %.2g%n", differing, equal, p);
    return p;
  }

  public static void main(String[] arguments) {
    String jar = WilcoxonSignedRankTest.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    System.out.println("seen: " + jar.substring(jar.lastIndexOf('/') + 1));
    boolean asBefore = p(10, 0) > 0.9 & p(10, 40) < 1e-3 & p(0, 50) < 1e-8;
    System.exit(asBefore ? 0 : 1);
  }
}
JAVA
java -cp "$classes" Finding.java
