package org.whisker.torch;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How devices are named, by users, configurations and manifests. {@code auto} is a GPU if there is
 * one, {@code gpu} the first. Where one device is wanted, a list is refused. Whether a device is
 * there is another question, see {@link TorchDevice}.
 */
public final class DeviceNames {
  /** What is taken unless told. */
  public static final String AUTO = "auto";

  /** What may name one device, for help texts. */
  public static final String ONE =
      "auto (a GPU if there is one), cpu, gpu, gpu:N, or mps (the GPU of Apple silicon; never"
          + " tried)";

  /** What may name one or several, for help texts. */
  public static final String SEVERAL =
      ONE + "; gpu:0,1 or gpu:all distribute the runs over several GPUs";

  private static final String ALL = "gpu:all";
  private static final Pattern LIST = Pattern.compile("gpu:\\d{1,3}(?:,\\d{1,3})+");
  private static final Pattern SINGLE = Pattern.compile("auto|cpu|gpu(?::\\d{1,3})?|mps");

  private DeviceNames() {}

  /**
   * The name, if it names one device.
   *
   * @throws IllegalArgumentException for another word, or a list
   */
  public static String one(String name) {
    if (several(name).equals(ALL) || LIST.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "--device " + name + " names several GPUs, and one device is wanted");
    }
    return name;
  }

  /**
   * The name, if it names one device or several.
   *
   * @throws IllegalArgumentException for another word, or a GPU that is named twice
   */
  public static String several(String name) {
    boolean list = LIST.matcher(name).matches();
    if (!list && !name.equals(ALL) && !SINGLE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "--device must be auto, cpu, gpu, gpu:N, gpu:N,M, gpu:all or mps, was '" + name + "'");
    }
    if (list && Set.copyOf(numbers(name)).size() < numbers(name).size()) {
      throw new IllegalArgumentException("--device " + name + " names a GPU twice");
    }
    return name;
  }

  /** The single devices of a name, on a machine with this many GPUs. */
  static List<String> singles(String name, int gpus) {
    if (several(name).equals(ALL)) {
      if (gpus == 0) {
        throw new IllegalArgumentException(
            "PyTorch here sees no GPU, so gpu:all is none; take --device cpu");
      }
      return IntStream.range(0, gpus).mapToObj(DeviceNames::gpu).toList();
    }
    return LIST.matcher(name).matches()
        ? numbers(name).stream().map(DeviceNames::gpu).toList()
        : List.of(name);
  }

  private static String gpu(int number) {
    return "gpu:" + number;
  }

  /** The numbers of the GPUs of {@code gpu:N,M}. */
  private static List<Integer> numbers(String list) {
    return Arrays.stream(list.substring("gpu:".length()).split(",", -1))
        .map(Integer::valueOf)
        .toList();
  }
}
