package org.clusternet.report;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.clusternet.data.CoreType;
import org.clusternet.engine.region.Box;
import org.clusternet.inference.Prediction;
import org.clusternet.predict.Panels;
import org.clusternet.render.Page;
import org.clusternet.render.Palette;
import org.clusternet.run.RunPredictions;

/** Images with their maps as HTML: a row of pictures each, and the probabilities as bars. */
final class GalleryRows {
  private GalleryRows() {}

  static String html(List<Gallery.Entry> entries) {
    StringBuilder html = new StringBuilder();
    entries.forEach(entry -> append(html, entry));
    return html.toString();
  }

  private static void append(StringBuilder html, Gallery.Entry entry) {
    RunPredictions.Row row = entry.row();
    Prediction prediction = row.prediction();
    boolean right = prediction.coreType() == row.label();
    html.append(
        "<div class=\"row\">\n<p>%s, projection %s: true %s, <span%s>predicted %s</span></p>\n<div class=\"panels\">\n"
            .formatted(
                Page.text(row.cluster()),
                Page.text(row.projection()),
                row.label(),
                right ? "" : " class=\"wrong\"",
                prediction.coreType()));
    boolean upwards = Panels.isUpwards(row.file());
    for (Panels.Panel panel : Panels.of(entry.explanation(), upwards)) {
      append(html, panel, row.cluster() + ", " + panel.name());
    }
    html.append("</div>\n<div class=\"bars\">\n");
    for (CoreType type : CoreType.values()) {
      double p = prediction.probability(type);
      html.append(
          String.format(
              Locale.ROOT,
              "<span>%s</span><span class=\"bar\"><i"
                  + " style=\"width:%.1f%%;background:%s\"></i></span><span>%.3f</span>\n",
              type,
              100 * p,
              Palette.colour(type),
              p));
    }
    html.append("</div>\n</div>\n");
  }

  private static void append(StringBuilder html, Panels.Panel panel, String label) {
    int width = panel.raster().width();
    int height = panel.raster().height();
    html.append(
        "<figure><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\"><image width=\"%d\" height=\"%d\" href=\"data:image/png;base64,%s\"/>"
            .formatted(
                width,
                height,
                Page.text(label),
                width,
                height,
                Base64.getEncoder().encodeToString(panel.raster().png())));
    Box box = panel.box();
    if (box != null) {
      html.append(
          "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" vector-effect=\"non-scaling-stroke\"/>"
              .formatted(
                  box.xMin(),
                  box.yMin(),
                  box.xMax() - box.xMin() + 1,
                  box.yMax() - box.yMin() + 1,
                  Palette.colour(5)));
    }
    html.append("</svg><figcaption>%s</figcaption></figure>\n".formatted(Page.text(panel.name())));
  }
}
