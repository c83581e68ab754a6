package org.clusternet.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.clusternet.data.SharedData;
import org.junit.jupiter.api.Test;

/** A real observation (ROSAT PSPC, event map of band R3), against its bytes parsed by hand. */
class RosatImageTest {
  @Test
  void pixelsAgreeWithTheBytesOfTheFile() throws IOException {
    Path file = SharedData.require("data/images/rosat_pspc_b_37.fits.gz");
    byte[] raw;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      raw = in.readAllBytes();
    }
    assertEquals("16", value(raw, "BITPIX"));
    assertEquals("512", value(raw, "NAXIS1"));
    assertEquals("512", value(raw, "NAXIS2"));
    assertEquals("", value(raw, "BSCALE") + value(raw, "BZERO") + value(raw, "BLANK"));

    Image image = FitsFile.read(file);
    assertEquals(512, image.width());
    assertEquals(512, image.height());
    ByteBuffer data = ByteBuffer.wrap(raw, FitsBytes.BLOCK, raw.length - FitsBytes.BLOCK);
    long events = 0;
    int most = 0;
    for (int y = 0; y < 512; y++) {
      for (int x = 0; x < 512; x++) {
        int count = data.getShort();
        assertEquals(count, image.at(x, y));
        events += count;
        most = Math.max(most, count);
        assertTrue(count >= 0);
      }
    }
    assertTrue(events > 1000 && most > 1, "events=" + events + " most=" + most);
  }

  @Test
  void rosatImageIsPreparedForTheNetwork() {
    Path file = SharedData.require("data/images/rosat_pspc_b_37.fits.gz");
    Preprocessing.Input input =
        Preprocessing.PAPER.apply(FitsFile.read(file), file.getFileName().toString());
    float least = 1;
    float most = 0;
    for (float pixel : input.pixels()) {
      least = Math.min(least, pixel);
      most = Math.max(most, pixel);
    }
    assertEquals(0f, least);
    assertEquals(1f, most);
    assertEquals(0, input.nonFinite());
    assertTrue(input.nonPositive() > 0);
  }

  /** The value of a card in the first block, empty if there is none. */
  private static String value(byte[] raw, String key) {
    for (int at = 0; at < FitsBytes.BLOCK; at += 80) {
      String card = new String(raw, at, 80, StandardCharsets.US_ASCII);
      if (card.startsWith(String.format("%-8s=", key))) {
        return card.substring(10).split("/", 2)[0].strip();
      }
    }
    return "";
  }
}
