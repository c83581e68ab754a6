package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.clusternet.data.DataException;
import org.clusternet.data.Refused;
import org.clusternet.data.image.FitsFile.Card;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Written files, taken apart byte by byte without the library that wrote them. */
class FitsWriteTest {
  private static final Image IMAGE =
      new Image(3, 2, new double[] {1, -2.5, Double.NaN, 0, 1e-50, Double.POSITIVE_INFINITY});

  @TempDir Path folder;

  private static List<String> cards(byte[] bytes) {
    List<String> cards = new ArrayList<>();
    for (int at = 0; at < bytes.length; at += 80) {
      String card = new String(bytes, at, 80, StandardCharsets.US_ASCII);
      cards.add(card);
      if (card.startsWith("END ")) {
        break;
      }
    }
    return cards;
  }

  private static String find(List<String> cards, String start) {
    return cards.stream().filter(c -> c.startsWith(start)).findFirst().orElseThrow();
  }

  @Test
  void layoutFollowsTheStandard() throws IOException {
    Path file = folder.resolve("a.fits");
    FitsFile.write(file, IMAGE, List.of());
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(2 * FitsBytes.BLOCK, bytes.length);
    List<String> cards = cards(bytes);
    String[] order = {"SIMPLE", "BITPIX", "NAXIS", "NAXIS1", "NAXIS2"};
    String[] values = {"T", "-32", "2", "3", "2"};
    for (int i = 0; i < order.length; i++) {
      assertEquals(String.format("%-8s= %20s", order[i], values[i]), cards.get(i).substring(0, 30));
    }
    int end = cards.size() * 80;
    for (int i = end; i < FitsBytes.BLOCK; i++) {
      assertEquals(' ', bytes[i]);
    }
    ByteBuffer data = ByteBuffer.wrap(bytes, FitsBytes.BLOCK, FitsBytes.BLOCK);
    float[] expected = {1f, -2.5f, Float.NaN, 0f, 0f, Float.POSITIVE_INFINITY};
    for (float value : expected) {
      assertEquals(Float.floatToIntBits(value), data.getInt());
    }
    while (data.hasRemaining()) {
      assertEquals(0, data.get());
    }
  }

  @Test
  void cardsAreWrittenInOrder() throws IOException {
    Path file = folder.resolve("a.fits");
    List<Card> given =
        List.of(
            new Card("OBJECT", "O'Hara 1", "target"),
            new Card("CDELT1", -1.5e-7, "[deg] pixel"),
            new Card("N-EVENTS", 1234567890123L, ""),
            new Card("COUNT", 7, ""),
            new Card("SIM", true, "is a simulation"),
            new Card("HISTORY", "projected along the line of sight", ""),
            new Card("HISTORY", "convolved", ""),
            new Card("REDSHIFT", 0.1, ""));
    FitsFile.write(file, IMAGE, given);
    List<String> cards = cards(Files.readAllBytes(file));
    assertTrue(find(cards, "OBJECT  = ").startsWith("OBJECT  = 'O''Hara 1'"));
    assertTrue(find(cards, "OBJECT  = ").contains("/ target"));
    String delta = find(cards, "CDELT1  = ").substring(10);
    assertEquals(-1.5e-7, Double.parseDouble(delta.split("/", 2)[0].strip()));
    assertEquals("[deg] pixel", delta.split("/", 2)[1].strip());
    assertEquals(
        0.1, Double.parseDouble(find(cards, "REDSHIFT= ").substring(10).split("/", 2)[0].strip()));
    assertEquals("1234567890123", find(cards, "N-EVENTS= ").substring(10, 30).strip());
    assertEquals("7", find(cards, "COUNT   = ").substring(10, 30).strip());
    assertEquals("T", find(cards, "SIM     = ").substring(10, 30).strip());
    assertTrue(find(cards, "SIM     = ").contains("/ is a simulation"));
    assertEquals(2, cards.stream().filter(c -> c.startsWith("HISTORY ")).count());
    List<String> keys =
        cards.stream().map(c -> c.substring(0, 8).strip()).filter(k -> !k.isEmpty()).toList();
    List<String> wanted = new ArrayList<>(given.stream().map(Card::key).toList());
    wanted.add("END");
    assertEquals(wanted, keys.subList(keys.size() - wanted.size(), keys.size()));
  }

  @Test
  void manyCardsUseASecondBlock() throws IOException {
    List<Card> given = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      given.add(new Card("KEY" + i, i, ""));
    }
    Path file = folder.resolve("a.fits");
    FitsFile.write(file, IMAGE, given);
    assertEquals(3 * FitsBytes.BLOCK, Files.size(file));
    assertArrayEquals(
        new double[] {1, -2.5, Double.NaN, 0, 0, Double.POSITIVE_INFINITY},
        FitsFile.read(file).pixels());
  }

  @Test
  void sameInputGivesTheSameBytesAlsoCompressed() throws IOException {
    List<Card> given = List.of(new Card("OBJECT", "A85", ""));
    Path first = folder.resolve("a.fits");
    Path second = folder.resolve("b.FITS");
    Path third = folder.resolve("c.fits.gz");
    Path fourth = folder.resolve("d.fits.gz");
    for (Path file : List.of(first, second, third, fourth)) {
      FitsFile.write(file, IMAGE, given);
    }
    byte[] bytes = Files.readAllBytes(first);
    assertArrayEquals(bytes, Files.readAllBytes(second));
    assertArrayEquals(Files.readAllBytes(third), Files.readAllBytes(fourth));
    try (InputStream in = new GZIPInputStream(Files.newInputStream(third))) {
      assertArrayEquals(bytes, in.readAllBytes());
    }
    assertFalse(cards(bytes).stream().anyMatch(c -> c.contains("20")), "a date makes files differ");
  }

  @Test
  void roundTripOfRandomImages() {
    Random random = new Random(7);
    for (int trial = 0; trial < 40; trial++) {
      int width = 1 + random.nextInt(70);
      int height = 1 + random.nextInt(70);
      double[] pixels = new double[width * height];
      Arrays.setAll(pixels, i -> Float.intBitsToFloat(random.nextInt()));
      Path file = folder.resolve(trial % 2 == 0 ? "r.fits" : "r.fits.gz");
      FitsFile.write(file, new Image(width, height, pixels), List.of());
      Image back = FitsFile.read(file);
      assertEquals(width, back.width());
      assertEquals(height, back.height());
      assertArrayEquals(pixels, back.pixels());
    }
  }

  @Test
  void refusesWhatCannotBeWritten() throws IOException {
    Image bright = new Image(2, 1, new double[] {1, 1e39});
    Path file = folder.resolve("a.fits");
    assertEquals(
        file + ": pixel x=1 y=0 value=1.0E39 exceeds a 32-bit float; choose another unit",
        assertThrows(DataException.class, () -> FitsFile.write(file, bright, List.of()))
            .getMessage());
    Path jpeg = folder.resolve("a.jpg");
    assertEquals(
        jpeg + ": FITS files are written as .fits or .fits.gz; rename it",
        assertThrows(DataException.class, () -> FitsFile.write(jpeg, IMAGE, List.of()))
            .getMessage());
    Path nowhere = folder.resolve("none").resolve("a.fits");
    assertTrue(
        assertThrows(DataException.class, () -> FitsFile.write(nowhere, IMAGE, List.of()))
            .getMessage()
            .startsWith(nowhere + ": folder="));
    List<Card> twice = List.of(new Card("OBJECT", "a", ""), new Card("OBJECT", "b", ""));
    assertEquals(
        "FITS card key=OBJECT: is given twice",
        Refused.message(() -> FitsFile.write(file, IMAGE, twice)));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @SuppressWarnings("NullAway") // Code without NullAway may pass null, and must be told.
  private static String cardError(String key, @Nullable Object value, String comment) {
    return Refused.message(() -> new Card(key, value, comment));
  }

  @Test
  void refusesCardsThatCannotBeWritten() {
    String form = ": a key has 1 to 8 characters of A-Z, 0-9, '-' and '_'";
    assertEquals("FITS card key=object" + form, cardError("object", 1, ""));
    assertEquals("FITS card key=TOOLONGKEY" + form, cardError("TOOLONGKEY", 1, ""));
    assertEquals("FITS card key=" + form, cardError("", 1, ""));
    for (String key : List.of("BITPIX", "NAXIS", "NAXIS1", "BZERO", "END", "SIMPLE")) {
      assertEquals(
          "FITS card key=" + key + ": this key describes the array and is written from the image",
          cardError(key, 1, ""));
    }
    assertEquals(
        "FITS card key=Z: value=NaN cannot be written in FITS; omit the card",
        cardError("Z", Double.NaN, ""));
    assertEquals(
        "FITS card key=Z: value=1.5 must be a String, Boolean, Integer, Long or Double",
        cardError("Z", 1.5f, ""));
    assertEquals(
        "FITS card key=Z: value=null must be a String, Boolean, Integer, Long or Double",
        cardError("Z", null, ""));
    assertEquals(
        "FITS card key=Z: value.length=70 does not fit into one card",
        cardError("Z", "'".repeat(35), ""));
    assertEquals("FITS card key=HISTORY: takes a String", cardError("HISTORY", 5, ""));
    assertEquals(
        "FITS card key=Z: text=\u00e9 must be printable ASCII", cardError("Z", "x", "\u00e9"));
    assertEquals("FITS card key=Z: text=a\nb must be printable ASCII", cardError("Z", "a\nb", ""));
  }
}
