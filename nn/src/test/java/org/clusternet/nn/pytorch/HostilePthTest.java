package org.clusternet.nn.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.clusternet.nn.testing.Expect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malicious files: they try to call functions, exhaust memory or reach other files. */
class HostilePthTest {
  private static final byte[] ZIP = {'P', 'K', 3, 4};

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("weights.pth");
  }

  private String refusal() {
    return Expect.refusal(PthException.class, () -> PthFile.read(file(), ZIP));
  }

  /** The message for an archive of this pickle and a storage 0 of four numbers. */
  private String refusal(byte[] pickle) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("data.pkl", pickle);
    entries.put("data/0", new byte[16]);
    PthBytes.zip(file(), entries);
    String message = refusal();
    assertTrue(message.startsWith(file() + ": "), message);
    return message;
  }

  private static byte[] tensor(long elements, int offset, int[] size, int[] stride) {
    return PthBytes.oneTensor("0", elements, offset, size, stride);
  }

  private static int[] ints(int... values) {
    return values;
  }

  @Test
  void readsAnArchiveWithoutDefects() throws IOException {
    PthBytes.zip(
        file(), Map.of("data.pkl", tensor(4, 0, ints(2, 2), ints(2, 1)), "data/0", new byte[16]));
    assertArrayEquals(new double[4], Expect.present(PthFile.read(file(), ZIP), "w").values());
  }

  @ParameterizedTest
  @CsvSource({
    "posix, system",
    "os, system",
    "nt, system",
    "subprocess, Popen",
    "builtins, eval",
    "builtins, exec",
    "builtins, getattr",
    "__builtin__, apply",
    "torch, load",
    "torch.hub, load",
    "os.path, join",
    "operator, attrgetter",
    "importlib, import_module",
    "collections, OrderedDict.update"
  })
  void rejectsNamesByWhichAPickleRunsPrograms(String module, String name) throws IOException {
    String expected = "the file asks for " + module + "." + name + ", which is refused";
    byte[] global = PthBytes.pickle().global(module, name).text("x").raw(0x85).ops("R.").bytes();
    assertTrue(refusal(global).contains(expected));
    byte[] onStack =
        new PthBytes().raw(0x80, 4).text(module).text(name).raw(0x93).ops(")R.").bytes();
    assertTrue(refusal(onStack).contains(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "numpy.core.multiarray, _reconstruct",
    "torch._utils, _rebuild_device_tensor_from_numpy",
    "java.lang, Runtime"
  })
  void otherNamesAreDataAndNeverParameters(String module, String name) throws IOException {
    byte[] root = PthBytes.pickle().global(module, name).text("x").raw(0x85).ops("R.").bytes();
    String message = refusal(root);
    assertTrue(message.contains("whole object of the class " + module + "." + name), message);
    PthBytes entry = PthBytes.pickle().ops("}").text("fc.weight").global(module, name);
    PthBytes beside = entry.ops(")Rs").text("w");
    byte[] pickle = appendTensor(beside).ops("s.").bytes();
    assertTrue(
        refusal(pickle).contains("key=fc.weight is an object of " + module + "." + name), message);
  }

  private static PthBytes appendTensor(PthBytes pickle) {
    return pickle
        .global("torch._utils", "_rebuild_tensor_v2")
        .ops("(")
        .storage("FloatStorage", "0", 4)
        .number(0)
        .numbers(2, 2)
        .numbers(1, 2)
        .raw(0x89)
        .ops("NtR");
  }

  /** torch.save of x.conj() or of a negated view keeps the numbers and says so beside them. */
  @ParameterizedTest
  @ValueSource(strings = {"neg", "conj"})
  void rejectsViewsWhoseNumbersAreToBeChanged(String what) throws IOException {
    PthBytes pickle = PthBytes.pickle().ops("}").text("w");
    pickle.global("torch._utils", "_rebuild_tensor_v2").ops("(").storage("FloatStorage", "0", 4);
    pickle.number(0).numbers(2, 2).numbers(2, 1).raw(0x89).ops("N}").text(what).raw(0x88);
    String message = refusal(pickle.ops("stRs.").bytes());
    assertTrue(message.contains("save it after resolve_" + what + "()"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "i, 0x69", // INST
    "o, 0x6f", // OBJ
    "P, 0x50", // PERSID
    "I, 0x49",
    "S, 0x53",
    "V, 0x56",
    "2, 0x32", // DUP
    "0, 0x30" // POP
  })
  void rejectsOpcodesThatTorchDoesNotWrite(String opcode, String hex) throws IOException {
    String message = refusal(PthBytes.pickle().ops("(]" + opcode + "posix\nsystem\n.").bytes());
    assertTrue(message.contains("opcode " + hex + " is refused"), message);
    for (int code : new int[] {0x82, 0x83, 0x84, 0x97, 0x98, 0xff}) {
      String other = refusal(PthBytes.pickle().ops("))").raw(code).ops(".").bytes());
      assertTrue(other.contains("opcode 0x%02x is refused".formatted(code)), other);
    }
  }

  @Test
  void allowedNamesCannotBeUsedInAnotherWay() throws IOException {
    byte[] call = PthBytes.pickle().global("torch", "FloatStorage").ops(")R.").bytes();
    assertTrue(refusal(call).contains("torch.FloatStorage is called"));
    byte[] attributes = PthBytes.pickle().global("collections", "OrderedDict").ops("}b.").bytes();
    assertTrue(refusal(attributes).contains("attributes are set on collections.OrderedDict"));
    byte[] notCallable = PthBytes.pickle().text("os.system").ops(")R.").bytes();
    assertTrue(refusal(notCallable).contains("a String is called with a Tuple"));
  }

  /** A million nested lists and tuples, as a value, a key and a name. */
  @Test
  void deeplyNestedObjectsAreRejectedWithoutRecursion() throws IOException {
    int depth = 1_000_000;
    PthBytes lists = PthBytes.pickle().ops("}").text("w").ops("]".repeat(depth));
    String message = refusal(lists.ops("a".repeat(depth - 1)).ops("s.").bytes());
    assertTrue(message.contains("holds a dictionary without tensors, keys=[w]"), message);
    PthBytes key = PthBytes.pickle().ops("})");
    for (int i = 0; i < depth; i++) {
      key.raw(0x85);
    }
    message = refusal(key.ops("Ns.").bytes());
    assertTrue(message.contains("holds a dictionary without tensors, keys=[]"), message);
    PthBytes name = new PthBytes().raw(0x80, 4).ops(")");
    for (int i = 0; i < depth; i++) {
      name.raw(0x85);
    }
    assertTrue(
        refusal(name.text("system").raw(0x93).bytes())
            .contains("a class is named by a Tuple and a String; both must be strings"));
  }

  @Test
  void declaredLengthsAreCheckedAgainstTheFile() throws IOException {
    byte[] text = PthBytes.pickle().raw('X').little(4, 0xFFFF_FFFFL).ops("abc.").bytes();
    assertTrue(refusal(text).contains("4294967295 bytes are announced and 4 are left"));
    byte[] integer = PthBytes.pickle().raw(0x8a, 255, 1, '.').bytes();
    assertTrue(refusal(integer).contains("an integer of 255 bytes"));
    byte[] storage = tensor(1L << 60, 0, ints(1), ints(1));
    assertTrue(refusal(storage).contains("storage 0 of 1152921504606846976 elements is too large"));
    byte[] larger = tensor(400_000_000, 0, ints(1), ints(1));
    assertTrue(
        refusal(larger)
            .contains("storage 0: 16 bytes, but 400000000 elements of F32 have 1600000000"));
    byte[] negative = tensor(-4, 0, ints(1), ints(1));
    assertTrue(refusal(negative).contains("number of elements is -4"));
    byte[] endless = PthBytes.pickle().ops("]".repeat(PickleBytes.MAX_BYTES - 1)).bytes();
    assertTrue(refusal(endless).contains("is too large"));
  }

  @Test
  void rejectsViewsBeyondTheirStorage() throws IOException {
    for (byte[] pickle :
        new byte[][] {
          tensor(4, 0, ints(5), ints(1)),
          tensor(4, 1, ints(4), ints(1)),
          tensor(4, 0, ints(2, 2), ints(3, 1)),
          tensor(4, 0, ints(1 << 20, 1 << 20), ints(0, 0)),
          tensor(4, 0, ints(1 << 30, 1 << 30, 1 << 30), ints(1, 1, 1))
        }) {
      String message = refusal(pickle);
      assertTrue(message.contains("does not fit storage 0 of 4 elements"), message);
    }
    assertTrue(refusal(tensor(4, 0, ints(-1), ints(1))).contains("size is -1"));
    assertTrue(refusal(tensor(4, 0, ints(2), ints(-1))).contains("stride is -1"));
    assertTrue(refusal(tensor(4, -1, ints(2), ints(1))).contains("storage_offset is -1"));
    assertTrue(refusal(tensor(4, 0, ints(2), ints(1, 1))).contains("same number of dimensions"));
  }

  /** Contiguous views need no memory; what copies of others may have is limited. */
  @Test
  void numbersThatAreNamedManyTimesAreLimited() throws IOException {
    byte[] one = tensor(4, 0, ints(1 << 29), ints(0));
    assertTrue(refusal(one).contains("key=w: tensors name the same numbers so often"));
  }

  @Test
  void rejectsAStorageOfTwoTypes() throws IOException {
    byte[] pickle =
        PthBytes.pickle()
            .ops("](")
            .storage("FloatStorage", "0", 4)
            .storage("DoubleStorage", "0", 2)
            .ops("e.")
            .bytes();
    assertTrue(
        refusal(pickle)
            .contains("storage 0 has 4 elements of F32 at one reference and 2 of F64 at another"));
  }

  @Test
  void rejectsCompressedEntriesWithoutReadingThem() throws IOException {
    byte[] pickle = tensor(1 << 28, 0, ints(1 << 28), ints(1));
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file()))) {
      ZipEntry plain = new ZipEntry("archive/data.pkl");
      plain.setMethod(ZipEntry.STORED);
      plain.setSize(pickle.length);
      CRC32 sum = new CRC32();
      sum.update(pickle);
      plain.setCrc(sum.getValue());
      zip.putNextEntry(plain);
      zip.write(pickle);
      zip.putNextEntry(new ZipEntry("archive/data/0"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 1 << 10; i++) {
        zip.write(zeros);
      }
    }
    assertTrue(Files.size(file()) < 2 << 20, "the compressed file is small");
    assertTrue(
        refusal()
            .contains(
                "entry archive/data/0 is compressed; torch.save writes uncompressed entries"));
  }

  @ParameterizedTest
  @CsvSource({"../../secret", "/etc/passwd", "..\\secret", "''", "0/../../../secret"})
  void keysOfStoragesAreNotPaths(String key) throws IOException {
    Files.write(folder.resolve("secret"), new byte[16]);
    byte[] pickle = PthBytes.oneTensor(key, 4, 0, ints(4), ints(1));
    String message = refusal(pickle);
    assertTrue(message.contains("has no entry archive/data/" + key), message);
  }

  @Test
  void entriesWithPathsAreNeverWritten() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("data.pkl", tensor(4, 0, ints(4), ints(1)));
    entries.put("data/0", new byte[16]);
    entries.put("../../../escaped", new byte[16]);
    PthBytes.zip(file(), entries);
    PthFile.read(file(), ZIP);
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void rejectsFilesThatAreNotStateDicts() throws IOException {
    assertTrue(
        refusal(PthBytes.pickle().ops("].").bytes()).contains("holds a list, no state dict"));
    assertTrue(refusal(PthBytes.pickle().ops("N.").bytes()).contains("holds None, no state dict"));
    Map<String, byte[]> program = new LinkedHashMap<>();
    program.put("data.pkl", PthBytes.pickle().ops("}.").bytes());
    program.put("constants.pkl", PthBytes.pickle().ops(").").bytes());
    PthBytes.zip(file(), program);
    assertTrue(refusal().contains("is a TorchScript program"));
    PthBytes.zip(
        file(),
        Map.of(
            "data.pkl",
            PthBytes.pickle().ops("}.").bytes(),
            "byteorder",
            "big".getBytes(StandardCharsets.US_ASCII)));
    assertTrue(refusal().contains("byteorder=big; only little is read"));
    PthBytes.zip(file(), Map.of("readme.txt", new byte[3]));
    assertTrue(refusal().contains("0 entries */data.pkl"));
  }
}
