package org.clusternet.bench.peers;

import org.clusternet.benchmark.step.StepTask;

/** The images of a task for libraries that need channels last. */
final class ChannelsLast {
  private ChannelsLast() {}

  /** The pixels (N, H, W, C) in row-major order. */
  static float[] images(StepTask task) {
    float[] planes = task.images();
    float[] pixels = new float[planes.length];
    int plane = task.size() * task.size();
    for (int i = 0; i < planes.length; i++) {
      int image = i / (StepTask.CHANNELS * plane);
      int channel = i / plane % StepTask.CHANNELS;
      pixels[(image * plane + i % plane) * StepTask.CHANNELS + channel] = planes[i];
    }
    return pixels;
  }
}
