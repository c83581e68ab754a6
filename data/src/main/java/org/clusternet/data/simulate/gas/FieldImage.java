package org.clusternet.data.simulate.gas;

import org.clusternet.data.image.Image;
import org.clusternet.data.projection.Ellipse;
import org.clusternet.data.projection.LineOfSight;
import org.clusternet.data.projection.RadialProfile;
import org.clusternet.data.projection.SkyGrid;
import org.jspecify.annotations.Nullable;

/**
 * Images of a field along the three axes: the main body's exact projection times the ratio that
 * sampling gives ({@link NestedGrid}), the companions' exact projections, and the clumps' formula.
 *
 * <p>The image along axis a has the next axis in the cycle x, y, z as its first and the one after
 * as its second, and the potential minimum at its centre.
 */
public final class FieldImage {
  /** Core radii beyond which the emission of a clump, 0.4 % of it, is omitted. */
  private static final double CLUMP_REACH = 6;

  private FieldImage() {}

  /**
   * Draws all three images.
   *
   * @param field the gas
   * @param samples samples of the same field; null if the field is undisturbed
   * @param sky grid of the images
   * @return mean surface brightness per pixel in erg s^-1 cm^-2, along x, y and z
   */
  public static Image[] along(GasField field, @Nullable NestedGrid samples, SkyGrid sky) {
    Drawing drawing = new Drawing(field, samples, sky);
    return new Image[] {drawing.along(0), drawing.along(1), drawing.along(2)};
  }

  /**
   * Draws one image.
   *
   * @param field the gas
   * @param samples samples of the same field; null if the field is undisturbed
   * @param sky grid of the image
   * @param axis axis of the line of sight, 0, 1 or 2
   * @return mean surface brightness per pixel in erg s^-1 cm^-2
   */
  public static Image along(GasField field, @Nullable NestedGrid samples, SkyGrid sky, int axis) {
    return new Drawing(field, samples, sky).along(axis);
  }

  private static final class Drawing {
    private final GasField field;
    private final @Nullable NestedGrid samples;
    private final SkyGrid sky;
    private final LineOfSight main;
    private final LineOfSight[] others;

    Drawing(GasField field, @Nullable NestedGrid samples, SkyGrid sky) {
      this.field = field;
      this.samples = samples;
      this.sky = sky;
      main = profile(field.body(), sky);
      others = field.companions().stream().map(b -> profile(b, sky)).toArray(LineOfSight[]::new);
    }

    Image along(int axis) {
      Image image = draw(field.body(), main, axis, sky);
      if (samples != null) {
        disturb(image, samples, axis, sky);
      }
      for (int i = 0; i < others.length; i++) {
        add(image, draw(field.companions().get(i), others[i], axis, sky));
      }
      for (Clump clump : field.clumps()) {
        add(image, clump, axis, sky);
      }
      return image;
    }
  }

  private static LineOfSight profile(GasBody body, SkyGrid sky) {
    double most = 0;
    for (int axis = 0; axis < 3; axis++) {
      Ellipse view = body.view(axis);
      double u = Math.abs(body.centre().toArray()[(axis + 1) % 3]);
      double v = Math.abs(body.centre().toArray()[(axis + 2) % 3]);
      double half = sky.size() * sky.pixel() / 2;
      most =
          Math.max(
              most, Math.max(view.radius(half + u, half + v), view.radius(half + u, -half - v)));
    }
    return body.profile(most);
  }

  private static Image draw(GasBody body, RadialProfile profile, int axis, SkyGrid sky) {
    return sky.draw(
        body.view(axis),
        profile,
        body.centre().toArray()[(axis + 1) % 3],
        body.centre().toArray()[(axis + 2) % 3]);
  }

  private static void disturb(Image image, NestedGrid samples, int axis, SkyGrid sky) {
    double[] pixels = image.pixels();
    for (int i = 0; i < pixels.length; i++) {
      double u = sky.centre(i % sky.size());
      double v = sky.centre(i / sky.size());
      pixels[i] *= samples.ratio(axis, u, v, sky.pixel());
    }
  }

  private static void add(Image image, Image other) {
    for (int i = 0; i < image.pixels().length; i++) {
      image.pixels()[i] += other.pixels()[i];
    }
  }

  private static void add(Image image, Clump clump, int axis, SkyGrid sky) {
    double u = clump.centre().toArray()[(axis + 1) % 3];
    double v = clump.centre().toArray()[(axis + 2) % 3];
    Clump.Face face = clump.face(clump.shape().alongAxis(axis));
    double reach = CLUMP_REACH * clump.coreRadius();
    int left = sky.index(u - reach);
    int right = sky.index(u + reach);
    int bottom = sky.index(v - reach);
    int top = sky.index(v + reach);
    double[] pixels = image.pixels();
    for (int y = Math.max(0, bottom); y <= Math.min(sky.size() - 1, top); y++) {
      double dv = sky.centre(y) - v;
      for (int x = Math.max(0, left); x <= Math.min(sky.size() - 1, right); x++) {
        pixels[y * sky.size() + x] += face.at(sky.centre(x) - u, dv);
      }
    }
  }
}
