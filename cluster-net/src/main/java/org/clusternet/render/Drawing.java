package org.clusternet.render;

import gg.jte.Content;
import gg.jte.TemplateOutput;

/** A chart, to be shown by a page or written as a file of its own. */
public abstract class Drawing implements Content {
  private final String title;

  /**
   * A drawing.
   *
   * @param title a few words, shown above it
   */
  Drawing(String title) {
    this.title = title;
  }

  final String title() {
    return title;
  }

  /** What it shows, for those who cannot see it. */
  abstract String description();

  abstract Svg draw();

  /** Writes the drawing for a page, in the colour of the text around it. */
  @Override
  public final void writeTo(TemplateOutput output) {
    draw().fragment(title, description()).writeTo(output);
  }

  /** The drawing as a file of its own. */
  public final String document() {
    return draw().document(title, description());
  }
}
