package org.clusternet.observing;

import java.util.Locale;

/** The two forms in which a model sees an observation; the photons are the same. */
public enum ImageForm {
  /** The numbers of photons as they were detected. */
  COUNTS,
  /** Less the exact background, and divided by the exact exposure. */
  REDUCED;

  /** The form's name in tables. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
