package org.whisker.onnx;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.network.FeatureShape;
import org.whisker.onnx.graph.DataType;
import org.whisker.onnx.graph.GraphInput;
import org.whisker.onnx.graph.OnnxException;

/**
 * How a graph takes a picture.
 *
 * @param view the tensor that it takes, as a view of the picture
 * @param batch the number of pictures if the file fixes it, else 1
 */
record InputLayout(FeatureShape shape, View view, long batch) {
  private static final long LARGEST = 16_384;

  static InputLayout of(GraphInput input, Optional<FeatureShape> given) throws OnnxException {
    if (!DataType.of(input.type()).map(t -> t.floating() || t == DataType.UINT8).orElse(false)) {
      throw unfit(input, "has elements of another type than float32");
    }
    if (!input.shaped() && given.isEmpty()) {
      throw unfit(input, "has no shape; say --input, such as --input 3x224x224");
    }
    List<Long> dims = input.shaped() ? input.shape() : List.of(-1L, -1L, -1L, -1L);
    if (dims.size() != 4) {
      throw unfit(
          input,
          "is " + input.label() + "; a classifier of pictures takes N x channels x height x width");
    }
    boolean last = !channels(dims.get(1)) && channels(dims.get(3));
    int[] order = last ? new int[] {3, 1, 2} : new int[] {1, 2, 3};
    int[] size =
        IntStream.range(0, 3)
            .map(i -> (int) size(dims.get(order[i]), given.map(s -> part(s, i))))
            .toArray();
    FeatureShape shape = checked(input, size, given);
    View map = View.map(0, shape);
    return new InputLayout(
        shape, last ? map.transposed(new int[] {0, 2, 3, 1}) : map, Math.max(1, dims.get(0)));
  }

  private static FeatureShape checked(GraphInput input, int[] size, Optional<FeatureShape> given)
      throws OnnxException {
    if (size[0] == 0 || size[1] == 0 || size[2] == 0) {
      throw unfit(
          input, "is " + input.label() + "; say its size by --input, such as --input 3x224x224");
    }
    if (size[0] < 0 || size[1] < 0 || size[2] < 0) {
      throw unfit(input, "is " + input.label() + ", not " + given.orElseThrow());
    }
    return new FeatureShape(size[0], size[1], size[2]);
  }

  private static boolean channels(long d) {
    return d == 1 || d == 3;
  }

  private static int part(FeatureShape shape, int i) {
    return i == 0 ? shape.channels() : i == 1 ? shape.height() : shape.width();
  }

  /** 0 if neither the file nor the user says it, −1 if they differ or it is too large. */
  private static long size(long file, Optional<Integer> given) {
    if (file < 0) {
      return given.orElse(0);
    }
    boolean differs = given.isPresent() && given.get() != file;
    return differs || file > LARGEST ? -1 : file;
  }

  private static OnnxException unfit(GraphInput input, String why) {
    return new OnnxException("its input '" + input.name() + "' " + why);
  }
}
