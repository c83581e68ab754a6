package org.clusternet.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.clusternet.data.DataException;
import org.clusternet.text.Json;
import org.junit.jupiter.api.Test;

/** Ratios of made-up figures, which can be worked out by hand. */
class PeerFiguresTest {
  private static final String PRINTED =
      """
      {
       "torch": "2.11.0+cu130", "device": "a GPU", "threads": 16,
       "batch": 32, "size": 256, "crop": 256,
       "crop_ms_eager": 2.0, "crop_ms_compiled": 0.5,
       "train_images_per_s_bf16_eager": 100.0,
       "train_images_per_s_fp32_eager": 50.0,
       "infer_images_per_s_bf16_compiled": 400.0
      }
      """;

  private static PeerFigures peer(String json) {
    return new PeerFigures("torch.json", Json.read(json, JsonNode.class, "torch.json"));
  }

  private static Map<String, Object> ours(int batch) {
    Map<String, Object> ours = new LinkedHashMap<>();
    ours.put("batch", batch);
    ours.put("size", 256);
    ours.put("crop", 256);
    ours.put("crop_ms_fused", 0.1);
    ours.put("train_images_per_s_bf16_replayed", 130.0);
    ours.put("train_images_per_s_tf32_replayed", 90.0);
    ours.put("infer_images_per_s_bf16_replayed", 300.0);
    return ours;
  }

  @Test
  void ratiosOfTimesAndRatesAreSpeedUps() {
    String torch = "torch 2.11.0+cu130";
    assertEquals(
        List.of(
            List.of("crop ms", "32", "0.100", torch + ", eager", "2.000", "20.00"),
            List.of("crop ms", "32", "0.100", torch + ", compiled", "0.500", "5.00"),
            List.of("train images per s bf16", "32", "130.0", torch + ", eager", "100.0", "1.30"),
            List.of(
                "infer images per s bf16", "32", "300.0", torch + ", compiled", "400.0", "0.75")),
        peer(PRINTED).rows(ours(32)));
  }

  @Test
  void figuresOfAnotherBatchAreNotCompared() {
    assertEquals(List.of(), peer(PRINTED).rows(ours(64)));
  }

  @Test
  void figuresWithoutABatchAreRefused() {
    DataException e = assertThrows(DataException.class, () -> peer("{\"size\": 256}"));
    assertEquals(
        "torch.json: key=batch is no whole number; name a file with the output of torch_peer.py",
        e.getMessage());
  }

  private static BenchReport report() {
    return new BenchReport(
        "1.0",
        "2026-01-02T03:04:05Z",
        "cuda: a GPU",
        new MachineFacts("a CPU", 2, "L2 1M", "4 GiB", "Linux", "25"),
        3000,
        null,
        List.of(new BenchReport.Kernel("relu F32", 600, 0.25, 0.24, 0.3, 2400, 0.8)),
        List.of(new BenchReport.Crop(256, "F32", 0.2, 0.19, 0.22, 0.15, 4.0 / 3)),
        List.of(
            new BenchReport.Case(
                "conv", 8, "fp32", 2.0, 1.9, 2.5, 4000.0, null, 300.0, 10.0, "FMA", 0.7),
            new BenchReport.Case(
                "project", 3, "", 1500.0, 1.9, 2.5, 2.0, 123456.0, null, 10.0, "copy", 0.1)),
        List.of(ours(32)),
        List.of("max-pool F32: out of luck"));
  }

  @Test
  void theSectionShowsRatiosOrOurFiguresAlone() {
    String beside = BenchMarkdown.section(report(), List.of(peer(PRINTED)));
    assertTrue(beside.contains("Beside torch 2.11.0+cu130:"), beside);
    assertTrue(beside.contains("| 20.00 |") || beside.contains(" 20.00 |"), beside);
    assertTrue(beside.contains("\nNot measured:\n\n- max-pool F32: out of luck\n"), beside);
    assertTrue(beside.contains("a copy on the device: 3000.0 GB/s"), beside);
    assertTrue(beside.lines().anyMatch(l -> l.startsWith("| relu F32 ") && l.endsWith(" 80 % |")));
    assertTrue(beside.lines().anyMatch(l -> l.startsWith("| F32 ") && l.endsWith(" 1.33 |")));
    assertTrue(
        beside.lines().anyMatch(l -> l.startsWith("| conv ") && l.endsWith(" 70 % of FMA |")));
    assertTrue(
        beside
            .lines()
            .anyMatch(
                l -> l.startsWith("| project ") && l.contains("2.0 images, 0.12 million cells")));
    String alone = BenchMarkdown.section(report(), List.of());
    assertFalse(alone.contains("Beside"), alone);
    assertTrue(alone.contains("| train images per s tf32 |"), alone);
  }

  /** What --json writes is what --from reads. */
  @Test
  void aReportIsReadBackFromItsJson() {
    assertEquals(report(), Json.read(Json.write(report()), BenchReport.class, "bench.json"));
  }
}
