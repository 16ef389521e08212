package org.whisker.torch;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/** Where a network runs, as {@link DeviceNames} names it. */
public final class TorchDevice {
  private static final String MPS = "mps";

  private static final int CPU_BATCH = 100;

  private final Device device;

  private TorchDevice(Device device) {
    this.device = device;
  }

  public static TorchDevice cpu() {
    return new TorchDevice(Device.cpu());
  }

  /**
   * The device of that name; {@code auto} is the first GPU that PyTorch can use, else the CPU.
   * Apple's is taken where it is asked for by name alone.
   *
   * @throws IllegalArgumentException for another word, or an unavailable GPU
   */
  public static TorchDevice parse(String asked) {
    String name = DeviceNames.one(asked);
    if (name.equals("cpu")) {
      return cpu();
    }
    if (name.equals(DeviceNames.AUTO)) {
      return gpuCount() > 0 ? new TorchDevice(Device.gpu(0)) : cpu();
    }
    if (name.equals(MPS)) {
      return mps(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }
    int number = name.equals("gpu") ? 0 : Integer.parseInt(name.substring("gpu:".length()));
    if (number >= gpuCount()) {
      throw new IllegalArgumentException(
          Text.of(
              "PyTorch here sees %d GPUs, so %s cannot be used; take --device cpu",
              gpuCount(), name));
    }
    return new TorchDevice(Device.gpu(number));
  }

  static TorchDevice mps(String system, String processor) {
    if (!system.startsWith("Mac") || !processor.equals("aarch64")) {
      throw new IllegalArgumentException(
          "mps is the GPU of Apple silicon, and this is %s %s; take --device cpu"
              .formatted(system, processor));
    }
    return new TorchDevice(Device.of(MPS, -1));
  }

  /**
   * The devices of a list: {@code gpu:0,2}, {@code gpu:all}, or any name that {@link #parse}
   * accepts.
   *
   * @throws IllegalArgumentException for another word, an unavailable GPU, or a duplicate
   */
  public static List<TorchDevice> parseAll(String name) {
    return DeviceNames.singles(name, gpuCount()).stream().map(TorchDevice::parse).toList();
  }

  private static int gpuCount() {
    return NativeCache.engine().getGpuCount();
  }

  /**
   * The number of pictures of a generation to score in one call. On a CPU more gain nothing: they
   * are scored in parts whose feature maps stay in its caches.
   *
   * @param population genomes in a generation
   */
  public int searchBatch(int population) {
    return isCpu() ? Math.min(population, CPU_BATCH) : population;
  }

  public boolean isCpu() {
    return device.getDeviceType().equals(Device.Type.CPU);
  }

  /** The compute capability of an NVIDIA GPU times 10, such as 90 for 9.0; empty if unknown. */
  public OptionalInt computeCapability() {
    if (!device.isGpu()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(CudaUtils.getComputeCapability(device.getDeviceId())));
    } catch (RuntimeException | LinkageError e) {
      return OptionalInt.empty(); // CUDA's runtime is not found
    }
  }

  /** Whether it computes in that precision: Apple's GPU knows no float64. */
  boolean has(Precision precision) {
    return precision != Precision.FLOAT64 || !device.getDeviceType().equals(MPS);
  }

  Device djl() {
    return device;
  }

  /** The name in options, such as {@code gpu:0}. */
  public String label() {
    return device.isGpu() ? "gpu:" + device.getDeviceId() : device.getDeviceType();
  }

  @Override
  public String toString() {
    return label();
  }

  /**
   * Thrown when there is not enough memory for a single picture; the message names the computation
   * and the device.
   */
  public static final class DeviceMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeviceMemoryException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * How devices are named, by users, configurations and manifests. {@code auto} is a GPU if there
   * is one, {@code gpu} the first. Where one device is wanted, a list is refused. Whether a device
   * is there is another question, see {@link TorchDevice}.
   */
  public static final class DeviceNames {
    /** What is taken unless told. */
    public static final String AUTO = "auto";

    /** What may name one device, for help texts. */
    public static final String ONE =
        "auto (a GPU if there is one), cpu, gpu or gpu:N (also cuda), or mps (the GPU of Apple"
            + " silicon; never tried)";

    /** What may name one or several, for help texts. */
    public static final String SEVERAL =
        ONE + "; gpu:0,1 or gpu:all distribute the runs over several GPUs";

    private static final String ALL = "gpu:all";
    private static final Pattern LIST = Pattern.compile("gpu:\\d{1,3}(?:,\\d{1,3})+");
    private static final Pattern SINGLE = Pattern.compile("auto|cpu|gpu(?::\\d{1,3})?|mps");

    private DeviceNames() {}

    /**
     * The name, if it names one device; {@code cuda} is another word for {@code gpu}.
     *
     * @throws IllegalArgumentException for another word, or a list
     */
    public static String one(String asked) {
      String name = several(asked);
      if (name.equals(ALL) || LIST.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "--device " + asked + " names several GPUs, and one device is wanted");
      }
      return name;
    }

    /**
     * The name, if it names one device or several; {@code cuda} is another word for {@code gpu}.
     *
     * @throws IllegalArgumentException for another word, or a GPU that is named twice
     */
    public static String several(String asked) {
      String name = asked.replaceFirst("^cuda(?=$|:)", "gpu");
      boolean list = LIST.matcher(name).matches();
      if (!list && !name.equals(ALL) && !SINGLE.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "--device must be auto, cpu, gpu, gpu:N, gpu:N,M, gpu:all or mps, was '" + asked + "'");
      }
      if (list && Set.copyOf(numbers(name)).size() < numbers(name).size()) {
        throw new IllegalArgumentException("--device " + name + " names a GPU twice");
      }
      return name;
    }

    /** The single devices of a name, on a machine with this many GPUs. */
    static List<String> singles(String asked, int gpus) {
      String name = several(asked);
      if (name.equals(ALL)) {
        Checks.refuse(gpus == 0, "PyTorch here sees no GPU, so gpu:all is none; take --device cpu");
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
}
