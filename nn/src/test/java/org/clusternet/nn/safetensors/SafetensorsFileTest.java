package org.clusternet.nn.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.clusternet.nn.testing.Expect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
  private static final String GOOD = "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}";

  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("x.safetensors");
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(path(), bytes);
  }

  private Path write(String header, int dataBytes) throws IOException {
    return write(Bytes.file(header.replace('\'', '"'), new byte[dataBytes]));
  }

  private String refusal(Path path) {
    String message =
        Expect.refusal(SafetensorsException.class, () -> SafetensorsFile.open(path).close());
    assertTrue(message.startsWith(path + ": "), message);
    return message.substring(path.toString().length() + 2);
  }

  /** With an odd header length, keys in another order than their bytes, and unaligned arrays. */
  @Test
  void readsEveryNumericType() throws IOException {
    String header =
        "{'i64':{'dtype':'I64','shape':[],'data_offsets':[7,15]},"
            + " 'u8':{'dtype':'U8','shape':[3],'data_offsets':[0,3],'extra':null},"
            + " 'f16':{'dtype':'F16','shape':[2,1],'data_offsets':[3,7]},"
            + " 'f32':{'dtype':'F32','shape':[1],'data_offsets':[15,19]},"
            + " 'i32':{'dtype':'I32','shape':[1],'data_offsets':[19,23]},"
            + " 'bf16':{'dtype':'BF16','shape':[1],'data_offsets':[23,25]},"
            + " 'f64':{'dtype':'F64','shape':[1],'data_offsets':[25,33]},"
            + " '__metadata__':{'format':'pt'}}   ";
    byte[] data =
        new Bytes()
            .u8(1, 2, 254)
            .u16(0x3C00, 0x7BFF)
            .u64(-3)
            .f32(0.1f)
            .i32(Integer.MIN_VALUE)
            .u16(0x4049)
            .f64(1e300)
            .done();
    try (SafetensorsFile file =
        SafetensorsFile.open(write(Bytes.file(header.replace('\'', '"'), data)))) {
      assertEquals(
          List.of("u8", "f16", "i64", "f32", "i32", "bf16", "f64"), List.copyOf(file.keys()));
      assertEquals(Map.of("format", "pt"), file.metadata());
      assertArrayEquals(new double[] {1, 2, 254}, file.get("u8").values());
      assertArrayEquals(new double[] {1, 65504}, file.get("f16").values());
      assertArrayEquals(new double[] {-3}, file.get("i64").values());
      assertArrayEquals(new double[] {0.1f}, file.get("f32").values());
      assertArrayEquals(new double[] {Integer.MIN_VALUE}, file.get("i32").values());
      assertArrayEquals(new double[] {3.140625}, file.get("bf16").values());
      assertArrayEquals(new double[] {1e300}, file.get("f64").values());
      assertEquals("f16 F16[2, 1]", file.get("f16").toString());
      assertEquals(
          path() + ": there is no key=b; there are [u8, f16, i64, f32, i32, bf16, f64]",
          Expect.refusal(SafetensorsException.class, () -> file.get("b")));
    }
  }

  @Test
  void rejectsFilesOfAnotherFormat() throws IOException {
    assertEquals("there is no such file", refusal(folder.resolve("none.safetensors")));
    assertEquals("size=0 bytes; a safetensors file has at least 8", refusal(write(new byte[0])));
    assertEquals("size=7 bytes; a safetensors file has at least 8", refusal(write(new byte[7])));
    assertEquals(
        "header length=18446744073709551615 exceeds 16777216 bytes; this is not a safetensors file",
        refusal(write(new Bytes().u64(-1).done())));
    assertEquals(
        "header length=9, but only 8 bytes follow; the file is truncated or not a safetensors file",
        refusal(write(new Bytes().u64(9).text("{}      ").done())));
    assertEquals(
        "the header is not valid UTF-8",
        refusal(write(new Bytes().u64(4).u8('{', 0xFF, '}', ' ').done())));
    assertTrue(refusal(write("{'a':", 0)).startsWith("the header is not valid JSON: "));
    assertTrue(refusal(write("", 0)).startsWith("the header is "));
    assertEquals("the header is JSON, but not an object", refusal(write("[1]", 0)));
    assertTrue(refusal(write(GOOD + " {}", 8)).startsWith("the header is not valid JSON: "));
    assertTrue(refusal(write("[".repeat(100_000), 0)).startsWith("the header is not valid JSON"));
  }

  @Test
  void rejectsDuplicateKeys() throws IOException {
    String entry = "'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}";
    String message = refusal(write("{" + entry + "," + entry + "}", 8));
    assertTrue(message.startsWith("the header is not valid JSON: Duplicate"), message);
    assertTrue(message.contains("\"a\"") || message.contains("'a'"), message);
    message =
        refusal(write("{'a':{'dtype':'F32','dtype':'F32','shape':[2],'data_offsets':[0,8]}}", 8));
    assertTrue(message.contains("dtype"), message);
  }

  @Test
  void rejectsTruncatedAndPaddedFiles() throws IOException {
    write(GOOD, 8);
    SafetensorsFile.open(path()).close();
    assertEquals(
        "key=a: data_offsets=[0, 8], but only 7 bytes follow the header;"
            + " the file is truncated or damaged",
        refusal(write(GOOD, 7)));
    assertEquals(
        "the arrays end at byte 8 of 9 after the header; the file is damaged",
        refusal(write(GOOD, 9)));
    byte[] whole = Files.readAllBytes(write(GOOD, 8));
    for (int length = 0; length < whole.length; length++) {
      String message = refusal(write(Arrays.copyOf(whole, length)));
      assertTrue(!message.isEmpty(), "of " + length);
    }
  }

  @Test
  void rejectsOverlapsAndGaps() throws IOException {
    String two =
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},"
            + "'b':{'dtype':'U8','shape':[4],'data_offsets':[%d,%d]}}";
    assertEquals(
        "key=b: data_offsets=[3, 7] overlaps key=a, which ends at 4; arrays must follow each other",
        refusal(write(two.formatted(3, 7), 7)));
    assertEquals(
        "key=b: data_offsets=[5, 9] leaves a gap after key=a, which ends at 4;"
            + " arrays must follow each other",
        refusal(write(two.formatted(5, 9), 9)));
    assertEquals(
        "key=a: data_offsets=[1, 9] leaves a gap after the beginning, which ends at 0;"
            + " arrays must follow each other",
        refusal(write(GOOD.replace("[0,8]", "[1,9]"), 9)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          {'a':7} | key=a: its description is not an object
          {'a':{'dtype':'F31','shape':[2],'data_offsets':[0,8]}} | key=a: dtype="F31" is unknown; known are [BOOL, U8, I8, F8_E5M2, F8_E4M3, I16, U16, F16, BF16, I32, U32, F32, F64, I64, U64]
          {'a':{'shape':[2],'data_offsets':[0,8]}} | key=a: dtype= is unknown; known are [BOOL, U8, I8, F8_E5M2, F8_E4M3, I16, U16, F16, BF16, I32, U32, F32, F64, I64, U64]
          {'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}} | key=a: shape=2 is not a list of numbers
          {'a':{'dtype':'F32','shape':[2]}} | key=a: data_offsets= is not a list of numbers
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4,8]}} | key=a: data_offsets=[0, 4, 8]; two are needed
          {'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | key=a: data_offsets=[8, 0] end before they begin
          {'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | key=a: shape=[-2]; every number must be whole, at least 0 and below 2^63
          {'a':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}} | key=a: shape=[2.0]; every number must be whole, at least 0 and below 2^63
          {'a':{'dtype':'F32','shape':[9223372036854775808],'data_offsets':[0,8]}} | key=a: shape=[9223372036854775808]; every number must be whole, at least 0 and below 2^63
          {'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}} | key=a: shape=[4294967296, 4294967296] has more bytes than a file can have
          {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | key=a: data_offsets=[0, 8] span 8 bytes, but F32[3] has 12
          {'__metadata__':[]} | __metadata__ is not an object
          {'__metadata__':{'epoch':7}} | __metadata__: epoch=7 is not a string
          """)
  void rejectsInvalidDescriptions(String header, String message) throws IOException {
    assertEquals(message, refusal(write(header, 8)));
  }
}
