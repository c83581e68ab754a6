package org.clusternet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The help of all commands, and the answer to invalid usage. */
class UsageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "crossval",
        "ablation",
        "predict",
        "explain",
        "report",
        "export",
        "simulate",
        "observing-study",
        "project",
        "import-accept",
        "classical",
        "selftest",
        "bench"
      })
  void helpOfEveryCommandShowsAnExampleAndExitCodes(String command) {
    Cli.Result help = Cli.run(command, "--help");
    assertEquals(0, help.exit());
    assertTrue(help.out().contains("Example"), help.out());
    assertTrue(help.out().contains("  cluster-net " + command + " --"), help.out());
    assertTrue(
        help.out().contains("  2     invalid usage: unknown options, missing or invalid values"),
        help.out());
    assertTrue(help.out().lines().allMatch(line -> line.length() <= 100), help.out());
  }

  /** Every example in the help is a valid command line. */
  @Test
  void examplesInTheHelpAreValidCommandLines() {
    List<String> commands = new ArrayList<>(Main.commandLine().getSubcommands().keySet());
    for (String command : commands) {
      List<String> examples =
          Cli.run(command, "--help")
              .out()
              .replace("\\\n", " ")
              .lines()
              .filter(line -> line.startsWith("  cluster-net " + command))
              .toList();
      assertFalse(examples.isEmpty(), command + " has no example");
      for (String example : examples) {
        String[] words = example.strip().split(" +");
        Main.commandLine().parseArgs(Arrays.copyOfRange(words, 1, words.length));
      }
    }
  }

  @Test
  void helpOfTheProgramListsTheCommands() {
    String help = Cli.run("--help").out();
    for (String command :
        new String[] {
          "train",
          "predict",
          "explain",
          "report",
          "explain",
          "report",
          "export",
          "simulate",
          "project",
          "import-accept",
          "classical",
          "doctor",
          "selftest",
          "bench"
        }) {
      assertTrue(help.lines().anyMatch(line -> line.startsWith("  " + command + " ")), help);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train --epoch 3         | Unknown options: '--epoch', '3'; did you mean --epochs?",
        "train --varaint=all     | Unknown option: '--varaint=all'; did you mean --variant?",
        "train extra             | Unmatched argument at index 1: 'extra'",
        "train --variant some    | Invalid value for option '--variant': expected one of [",
        "train --epochs many     | Invalid value for option '--epochs': 'many' is not an int",
        "train --epochs 0        | epochs=0; it must be at least 1",
        "train --batch 1         | batch=1; batch normalisation needs at least 2",
        "train --image-size 16   | image_size=16; ResNet-18 halves it five times, so at least 32",
        "train --crop-size 8     | crop.size=8; ResNet-18 halves it five times, so at least 32",
        "train --central-crop 0  | central_crop=0; it must be at least 1 pixel",
        "train --folds 2         | folds=2; it must be at least 3",
        "train --fold 10         | fold=10; it must be from 0 to 9",
        "train --preset fast     | preset=fast; it must be one of quick, paper",
        "train --device tpu      | device=tpu; it must be one of auto, cpu, cuda",
        "train --precision fp16  | Invalid value for option '--precision': expected one of [",
        "train --threads 0       | threads=0; it must be at least 1",
        "train --learning-rate 0 | step decay: initial=0.0",
        "train --tau1 1.5        | tau1=1.5; it must be from 0 to 1",
        "train --lambda 0        | lambda=0.0; it must be positive",
        "train --alphas 1,2,3    | --alphas has values=3; give 4, as P,A,F,R",
        "train --alphas 1,2,3,-4 | alphas primary=1.0 auxiliary=2.0 fusion=3.0 regression=-4.0",
        "train --out a --name b  | --out and --name exclude each other",
        "train --data a --mix paper        | --clusters and --mix are for simulated samples; leave"
            + " them out with --data",
        "train --set epochs              | --set epochs: is not of the form key=value, such as"
            + " optimizer.epochs=20",
        "train --set epochs=3            | --set: unknown key=epochs; did you mean"
            + " optimizer.epochs?",
        "train --set optimizer=3         | --set: key=optimizer has keys of its own, such as"
            + " optimizer.ep",
        "train --set optimizer.epochs=0  | --set: at optimizer: epochs=0; it must be at least 1",
        "train --set optimizer.epochs=[  | --set optimizer.epochs=[: is not valid YAML: ",
        "train --set optimizer=3 --set optimizer.epochs=3 | --set: key=optimizer has both a value"
            + " and keys",
        "train --seed 1 --seed 2         | --seed is given twice; give it once",
        "train --resume a --epochs 3     | --epochs and --resume exclude each other: a resumed run"
            + " keeps",
        "train --splits a --folds 4        | --folds and --splits exclude each other",
        "train --weights none --weights-partial | weights.source=none weights.partial=true; give a"
            + " file",
        "crossval --jobs 0      | jobs=0; it must be at least 1",
        "crossval --seeds 0     | seeds=0; it must be at least 1",
        "crossval --resamples 9 | resamples=9; at least 100 are needed for an interval",
        "crossval --fold 1      | --fold: every fold is the test fold once; omit it",
        "crossval --out a --name b         | --out and --name exclude each other",
        "ablation --variant all            | --variant: the rows are the variants; select them with"
            + " --rows",
        "ablation --rows all,none          | Invalid value for option '--rows' (NAME): expected one"
            + " of [",
        "ablation --table2 --alphas 1,1,1,1 | --alphas: Table II sets it; omit it",
        "export --model a --branch primary | Missing required option: '--out=FILE'",
        "export --model a --branch b --out resnet18.pth | --out resnet18.pth: safetensors is the"
            + " only",
        "predict a.fits --out b            | Missing required option: '--model=FILE_OR_RUN'",
        "predict --model a --out b         | Missing required parameter: 'IMAGE'",
        "explain --model a --out b         | Missing required parameter: 'IMAGE'",
        "report                            | Missing required option: '--run=DIR'",
        "simulate                          | Missing required option: '--out=DIR'",
        "simulate --out a --clusters 0     | simulator: clusters=0 must be at least 1",
        "simulate --out a --size 0         | sky: size=0 pixels; must be from 1 to 16384",
        "simulate --out a --mix some       | Invalid value for option '--mix': expected one of [",
        "simulate --out a --threads 0      | threads=0; it must be at least 1",
        "project --out a                   | Missing required option: '--cutout=FILE'",
        "project --out a --cutout          | Missing required parameter for option '--cutout'",
        "project --cutout b --halo c --out a | Unknown option: '--halo';",
        "project --cutout b --out a --size 0            | sky: size=0 pixels; must be from 1",
        "project --cutout b --out a --min-temperature 1 | gas: min-temperature=1.0 K; must be from",
        "project --cutout b --out a --metallicity solar | Invalid value for option"
            + " '--metallicity':",
        "project --cutout b --out a --threads 0         | threads=0; it must be at least 1",
        "simulate --out a --counts -1      | counts=-1; give a number of at least 0, or a range"
            + " such as 300..100000",
        "simulate --out a --background 1   | observing: background=1.0 photons per pixel needs"
            + " counts",
        "validate-simulation --out a       | Missing required option: '--reference=TABLE'",
        "selftest --device tpu             | device=tpu; it must be cpu or cuda",
        "selftest --kernels                | --kernels checks CUDA kernels; add --device cuda",
        "selftest --kernels --resume --device cuda | --kernels and --resume exclude each other;"
            + " give",
        "selftest --threads 0              | threads=0; it must be at least 1",
        "bench --device tpu                | device=tpu; it must be cpu or cuda",
        "bench --batch 1                   | batch=1; it must be at least 2",
        "bench --size 16                   | size=16; it must be at least 32",
        "bench --precision tf32            | precision=tf32: only GPUs have this arithmetic; on the"
            + " cpu",
        "bench --runs 0                    | timing: warmups=3, rounds=0; both must be at least 1",
        "classical --data a                | Missing required option: '--out=DIR'",
        "classical --data a --out b --measures c | measure=c; it must be one of c_phys, c_scaled",
        "classical --data a --out b --splits c --seed 1 | --splits and --folds or --seed exclude",
        "classical --data a --out b --threads 0 | threads=0; it must be at least 1",
        "import-images --out a             | Missing required option: '--catalog=FILE'",
        "import-images --out a --catalog b --scale 4pc | scale=4pc; give a number and a unit",
        "import-images --out a --catalog b --size 0 | size=0; it must be from 1 to 16384 pixels",
        "import-images --out a --catalog b --background-scale -1 | background-scale=-1.0; it must",
        "import-accept --out a             | Missing required option: '--profiles=FILE'",
      })
  void invalidUsageIsOneLineWithExitCode2(String arguments, String expected) {
    String[] words = arguments.strip().split(" +");
    Cli.Result result = Cli.run(words);
    assertEquals(2, result.exit(), result::toString);
    String complaint = result.complaint();
    assertTrue(
        complaint.startsWith("cluster-net " + words[0] + ": " + expected.strip()), complaint);
    assertTrue(
        complaint.endsWith(" (cluster-net " + words[0] + " --help lists the options)"), complaint);
  }
}
