package org.clusternet.data.image;

/**
 * Smooths images by a Gaussian that is cut off at four standard deviations, first along rows, then
 * along columns.
 */
public final class GaussianSmoothing {
  private static final double REACH = 4;

  private GaussianSmoothing() {}

  /**
   * Smooths the pixels that were observed: each new pixel is their mean, weighted by the Gaussian.
   *
   * @param image the image; NaN and infinite pixels count as not observed
   * @param sigma standard deviation of the Gaussian in pixels; 0 for none
   * @return the new pixels; NaN where none within reach was observed
   */
  public static double[] observed(Image image, double sigma) {
    double[] values = new double[image.pixels().length];
    double[] weights = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      boolean observed = Double.isFinite(image.pixels()[i]);
      values[i] = observed ? image.pixels()[i] : 0;
      weights[i] = observed ? 1 : 0;
    }
    if (sigma > 0) {
      double[] kernel = kernel(sigma);
      values = convolve(values, image.width(), image.height(), kernel);
      weights = convolve(weights, image.width(), image.height(), kernel);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = weights[i] > 0 ? values[i] / weights[i] : Double.NaN;
    }
    return values;
  }

  /**
   * Smooths a square that is dark beyond its edge.
   *
   * @param pixels finite values, row by row
   * @param size side of the square in pixels
   * @param sigma standard deviation of the Gaussian in pixels, positive
   * @return the new pixels; their sum is that of the old ones, less what has left the square
   */
  static double[] darkBeyond(double[] pixels, int size, double sigma) {
    double[] kernel = kernel(sigma);
    double sum = -kernel[0];
    for (double weight : kernel) {
      sum += 2 * weight;
    }
    double[] smooth = convolve(pixels, size, size, kernel);
    for (int i = 0; i < smooth.length; i++) {
      smooth[i] /= sum * sum;
    }
    return smooth;
  }

  private static double[] kernel(double sigma) {
    double[] half = new double[1 + (int) Math.ceil(REACH * sigma)];
    for (int i = 0; i < half.length; i++) {
      half[i] = StrictMath.exp(-i * i / (2 * sigma * sigma));
    }
    return half;
  }

  private static double[] convolve(double[] in, int width, int height, double[] kernel) {
    double[] rows = new double[in.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = kernel[0] * in[y * width + x];
        for (int k = 1; k < kernel.length; k++) {
          double left = x >= k ? in[y * width + x - k] : 0;
          double right = x + k < width ? in[y * width + x + k] : 0;
          sum += kernel[k] * (left + right);
        }
        rows[y * width + x] = sum;
      }
    }
    double[] out = new double[in.length];
    for (int y = 0; y < height; y++) {
      for (int k = 1 - kernel.length; k < kernel.length; k++) {
        if (y + k >= 0 && y + k < height) {
          double weight = kernel[Math.abs(k)];
          for (int x = 0; x < width; x++) {
            out[y * width + x] += weight * rows[(y + k) * width + x];
          }
        }
      }
    }
    return out;
  }
}
