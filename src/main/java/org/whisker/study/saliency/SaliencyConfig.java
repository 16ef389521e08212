package org.whisker.study.saliency;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.whisker.saliency.Method;
import org.whisker.saliency.method.GradCam;
import org.whisker.saliency.method.InputGradient;
import org.whisker.saliency.method.IntegratedGradients;
import org.whisker.saliency.method.LeaveOneOutMethod;
import org.whisker.saliency.method.Methods;
import org.whisker.saliency.method.OcclusionMethod;
import org.whisker.saliency.method.SmoothGrad;
import org.whisker.study.InvalidRequestException;
import org.whisker.torch.DeviceNames;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;

/**
 * What a saliency job is asked for.
 *
 * @param model the name of a folder in {@code models/}, or the path of one
 * @param images what to explain, at least one: image files, {@code white}, folders of images or of
 *     photos, output folders of evolve
 * @param perGroup how many images of a folder are drawn at random where it has more, at least 1
 * @param methods by name, see {@link Methods}; at least one, kept in their own order
 * @param required whether it is a failure when a method can't be used on a picture
 * @param settings of the methods
 * @param faithfulness whether the maps are tested, too
 * @param seed of whatever is drawn at random
 * @param device one, as {@link DeviceNames} names it
 * @param precision {@code float32} or {@code bfloat16}
 * @param batch how many images go through the network in one pass, at least 1
 * @param resize whether images of two grays and another size are resized, too; else they are left
 *     out
 */
public record SaliencyConfig(
    String model,
    List<String> images,
    int perGroup,
    List<String> methods,
    boolean required,
    MethodConfig settings,
    boolean faithfulness,
    long seed,
    String device,
    String precision,
    int batch,
    boolean resize) {
  /** The methods of a first look, which take seconds. */
  public static final List<String> QUICK =
      List.of(
          InputGradient.METHOD.label(),
          SmoothGrad.METHOD.label(),
          IntegratedGradients.METHOD.label(),
          GradCam.METHOD.label(),
          OcclusionMethod.METHOD.label(),
          LeaveOneOutMethod.METHOD.label());

  private static final int PER_GROUP = 20;
  private static final int BATCH = 32;

  public SaliencyConfig {
    DeviceNames.one(device);
    images = List.copyOf(images);
    if (images.isEmpty()) {
      throw new IllegalArgumentException("--image: nothing to explain");
    }
    if (perGroup < 1) {
      throw new IllegalArgumentException("--per-group must be at least 1, was " + perGroup);
    }
    methods = inTheirOrder(methods);
    int most = TorchClassifier.Settings.MOST_BATCH;
    if (batch < 1 || batch > most) {
      throw new IllegalArgumentException("--batch must be 1 to " + most + ", was " + batch);
    }
  }

  private static List<String> inTheirOrder(List<String> labels) {
    Set<Method> asked = new LinkedHashSet<>();
    labels.forEach(label -> asked.add(Methods.named(label)));
    if (asked.isEmpty()) {
      throw new IllegalArgumentException("--method: no method");
    }
    return Methods.known().stream().filter(asked::contains).map(Method::label).toList();
  }

  /** The {@link #QUICK} methods as they are usually set, seed 1, on the fastest device. */
  public static SaliencyConfig of(String model, String... images) {
    return new SaliencyConfig(
        model,
        List.of(images),
        PER_GROUP,
        QUICK,
        false,
        MethodConfig.standard(),
        false,
        1,
        DeviceNames.AUTO,
        Precision.FLOAT32.label(),
        BATCH,
        false);
  }

  /** With these methods, each of which must be usable on each picture. */
  public SaliencyConfig withMethods(String... names) {
    return new SaliencyConfig(
        model,
        images,
        perGroup,
        List.of(names),
        true,
        settings,
        faithfulness,
        seed,
        device,
        precision,
        batch,
        resize);
  }

  /** With methods that are set otherwise. */
  public SaliencyConfig withSettings(MethodConfig other) {
    return new SaliencyConfig(
        model,
        images,
        perGroup,
        methods,
        required,
        other,
        faithfulness,
        seed,
        device,
        precision,
        batch,
        resize);
  }

  /** With other windows, and another filling of what is hidden. */
  public SaliencyConfig withOcclusion(OcclusionConfig other) {
    return withSettings(settings.withOcclusion(other));
  }

  /** With tests of the maps. */
  public SaliencyConfig withFaithfulness() {
    return new SaliencyConfig(
        model, images, perGroup, methods, required, settings, true, seed, device, precision, batch,
        resize);
  }

  /** With another seed. */
  public SaliencyConfig withSeed(long other) {
    return new SaliencyConfig(
        model,
        images,
        perGroup,
        methods,
        required,
        settings,
        faithfulness,
        other,
        device,
        precision,
        batch,
        resize);
  }

  /** On another device, in another precision. */
  public SaliencyConfig on(String otherDevice, String otherPrecision) {
    return new SaliencyConfig(
        model,
        images,
        perGroup,
        methods,
        required,
        settings,
        faithfulness,
        seed,
        otherDevice,
        otherPrecision,
        batch,
        resize);
  }

  List<Method> chosen() {
    return methods.stream().map(Methods::named).toList();
  }

  /**
   * How the network is run.
   *
   * @throws InvalidRequestException for a device or precision that there is not
   */
  TorchClassifier.Settings running() {
    return new TorchClassifier.Settings(
        InvalidRequestException.check(() -> Precision.parse("--precision", precision)),
        InvalidRequestException.check(() -> TorchDevice.parse(device)),
        batch);
  }
}
