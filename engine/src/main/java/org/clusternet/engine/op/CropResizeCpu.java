package org.clusternet.engine.op;

import java.util.Arrays;
import java.util.List;
import org.clusternet.engine.cpu.Cpu;
import org.clusternet.engine.cpu.View;
import org.clusternet.engine.cpu.bilinear.Bilinear;
import org.clusternet.engine.region.Box;
import org.clusternet.engine.spi.Op;
import org.clusternet.engine.spi.OpException;
import org.clusternet.engine.tensor.Tensor;
import org.clusternet.engine.tensor.TensorType;

/** Checks the boxes; the loops are those of {@link Bilinear}. */
final class CropResizeCpu {
  private CropResizeCpu() {}

  static void forward(CropResize op, Tensor[] in, Tensor[] out, Cpu cpu) {
    Bilinear.forward(in[0], boxes(op, in, in[1], in[0].type()), out[0], cpu);
  }

  static void backward(CropResize.Backward op, Tensor[] in, Tensor[] out, Cpu cpu) {
    Bilinear.backward(in[1], boxes(op, in, in[0], op.image()), out[0], cpu);
  }

  private static Box[] boxes(Op op, Tensor[] in, Tensor corners, TensorType image) {
    View view = View.of(corners);
    Box[] boxes = new Box[corners.dim(0)];
    for (int n = 0; n < boxes.length; n++) {
      Box box = new Box(view.intAt(n, 0), view.intAt(n, 1), view.intAt(n, 2), view.intAt(n, 3));
      if (!fits(box.xMin(), box.xMax(), image.dim(3))
          || !fits(box.yMin(), box.yMax(), image.dim(2))) {
        List<TensorType> types = Arrays.stream(in).map(Tensor::type).toList();
        throw new OpException(op, types, complaint(n, box, image));
      }
      boxes[n] = box;
    }
    return boxes;
  }

  private static boolean fits(int min, int max, int size) {
    return 0 <= min && min <= max && max < size;
  }

  private static String complaint(int n, Box box, TensorType image) {
    return ("box of sample %d is [x_min=%d, y_min=%d, x_max=%d, y_max=%d]; it must satisfy"
            + " 0 <= x_min <= x_max <= %d and 0 <= y_min <= y_max <= %d")
        .formatted(
            n, box.xMin(), box.yMin(), box.xMax(), box.yMax(), image.dim(3) - 1, image.dim(2) - 1);
  }
}
