package org.whisker.feature.saliency;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.whisker.io.CloseName;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.SharedOptions;
import org.whisker.job.input.PictureGroup.PerGroup;
import org.whisker.job.input.PictureSize.Resize;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.option.Records;
import org.whisker.option.Seed;
import org.whisker.saliency.Method;
import org.whisker.saliency.method.GradCam;
import org.whisker.saliency.method.InputGradient;
import org.whisker.saliency.method.IntegratedGradients;
import org.whisker.saliency.method.LeaveOneOutMethod;
import org.whisker.saliency.method.Methods;
import org.whisker.saliency.method.OcclusionMethod;
import org.whisker.saliency.method.SmoothGrad;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.TorchDevice.DeviceNames;
import org.whisker.value.Checks;

/**
 * What a saliency job is asked for.
 *
 * @param perGroup how many images of a folder are drawn at random where it has more, at least 1
 * @param required whether it is a failure when a method can't be used on a picture
 * @param settings the settings of the methods
 * @param seed the seed of whatever is drawn at random
 * @param device one, as {@link DeviceNames} names it
 * @param precision {@code float32} or {@code bfloat16}
 * @param resize whether images of two grays and another size are resized, too; else they are left
 *     out
 */
public record SaliencyConfig(
    @Option(
            names = "--model",
            candidates = Option.MODELS,
            label = "NAME",
            joined = true,
            help =
                "The classifier: the name of a folder in models/, or the path of one. Several,"
                    + " given again or separated by commas, have a folder each, and compared.png"
                    + " shows their maps of an image on one scale.")
        String model,
    @Option(
            needed = true,
            names = {"--image", "--images"},
            arity = "1..*",
            label = "IMAGE",
            help = "Image files, white, folders of images or photos, output folders of evolve.")
        List<String> images,
    @PerGroup int perGroup,
    @Option(
            defaultValue = "quick",
            parser = Named.class,
            names = "--method",
            split = ",",
            label = "NAME",
            help =
                "The methods: quick, all, list (describes each one), or names separated by commas,"
                    + " also those of Captum and pytorch-grad-cam, such as IG or GradCAMPlusPlus.")
        List<String> methods,
    boolean required,
    MethodConfig settings,
    @Option(
            names = "--faithfulness",
            help = {
              "Also test the maps: deletion and insertion curves and their symmetric relevance gain"
                  + " against toroidal shifts of the map, infidelity, max-sensitivity, cascading"
                  + " randomisation of the weights from the output down (also smooth and by"
                  + " complexity), agreement between methods.",
              "Scores some 1,200 pictures a map, and takes at least ten times as long as the maps"
                  + " themselves."
            })
        boolean faithfulness,
    @Seed long seed,
    @SharedOptions.Device String device,
    @SharedOptions.Precision String precision,
    @Option(
            min = 1,
            max = TorchClassifier.Settings.MOST_BATCH,
            names = "--batch",
            label = "N",
            defaultValue = "32",
            help = "Images in one pass; halved when memory runs out.")
        int batch,
    @Option(
            names = "--toward",
            label = "SIGN",
            help = {
              "The sign of maps in their tables: method (each method's own, which summary.csv"
                  + " names; a gradient is that of the logit against the target) or target (turned where"
                  + " needed, so that above 0 is towards the target, as in Captum with cat as target).",
              "In pictures red is for cat either way. Default: method."
            })
        Optional<String> toward,
    @Resize boolean resize) {
  private static final String TARGET = "target";
  private static final List<String> SIGNS = List.of("method", TARGET);
  private static final Pattern CLASS = Pattern.compile("\\d+(?::.*)?");

  /** The methods of a first look, which take seconds. */
  public static final List<String> QUICK =
      List.of(
          InputGradient.METHOD.label(),
          SmoothGrad.METHOD.label(),
          IntegratedGradients.METHOD.label(),
          GradCam.METHOD.label(),
          OcclusionMethod.METHOD.label(),
          LeaveOneOutMethod.METHOD.label());

  /** Reads a method's name, or {@code all} or {@code quick}. */
  static final class Named implements Option.Parser<List<String>> {
    @Override
    public List<String> parse(String text) {
      return switch (text) {
        case "all" -> Methods.all().stream().map(Method::label).toList();
        case "quick" -> QUICK;
        default -> List.of(known(text));
      };
    }

    private static String known(String name) {
      try {
        return Methods.named(name).label();
      } catch (IllegalArgumentException e) {
        List<String> labels = Methods.known().stream().map(Method::label).toList();
        throw new IllegalArgumentException(
            "--method '%s'%s: there are quick, all, list, %s"
                .formatted(name, CloseName.hint(name, labels), String.join(", ", labels)),
            e);
      }
    }
  }

  public SaliencyConfig {
    DeviceNames.one(device);
    images = List.copyOf(images);
    Checks.refuse(images.isEmpty(), "--image: nothing to explain");
    methods = inTheirOrder(methods);
    if (toward.isPresent() && !SIGNS.contains(toward.get())) {
      throw new IllegalArgumentException(
          "--toward '%s'%s: there are %s"
              .formatted(
                  toward.get(), CloseName.hint(toward.get(), SIGNS), String.join(", ", SIGNS)));
    }
    Options.check(
        SaliencyConfig.class,
        model,
        images,
        perGroup,
        methods,
        required,
        settings,
        faithfulness,
        seed,
        device,
        precision,
        batch,
        toward,
        resize);
  }

  private static List<String> inTheirOrder(List<String> labels) {
    Set<Method> asked = new LinkedHashSet<>();
    labels.forEach(label -> asked.add(Methods.named(label)));
    Checks.refuse(asked.isEmpty(), "--method: no method");
    return Methods.known().stream().filter(asked::contains).map(Method::label).toList();
  }

  /** The {@link #QUICK} methods as they are usually set, seed 1, on the fastest device. */
  public static SaliencyConfig of(String model, String... images) {
    return Options.of(SaliencyConfig.class).defaults(model, List.of(images));
  }

  /** Whether it names several models. */
  boolean isOfSeveral() {
    return models().size() > 1;
  }

  /** The models that it names. A number behind a comma is a class that the model before it has. */
  List<String> models() {
    List<String> names = new ArrayList<>();
    for (String part : model.split(",", -1)) {
      int last = names.size() - 1;
      boolean isClass = last >= 0 && names.get(last).contains("@") && CLASS.matcher(part).matches();
      if (isClass) {
        names.set(last, names.get(last) + "," + part);
      } else {
        names.add(part);
      }
    }
    return names;
  }

  /** Returns the same maps of a model of this name. */
  SaliencyConfig ofModel(String name) {
    return Records.changed(this, SaliencyConfig::model).to(name);
  }

  /** Sets the methods, each of which must be usable on each picture. */
  public SaliencyConfig withMethods(String... names) {
    return Records.changed(this, SaliencyConfig::methods, SaliencyConfig::required)
        .to(List.of(names), true);
  }

  /** Sets the settings of the methods. */
  public SaliencyConfig withSettings(MethodConfig other) {
    return Records.changed(this, SaliencyConfig::settings).to(other);
  }

  /** Sets the windows of occlusion, and the filling of what is hidden. */
  public SaliencyConfig withOcclusion(OcclusionConfig other) {
    return withSettings(settings.withOcclusion(other));
  }

  /** Asks for tests of the maps. */
  public SaliencyConfig withFaithfulness() {
    return Records.changed(this, SaliencyConfig::faithfulness).to(true);
  }

  /** Sets the sign of tables: {@code method} or {@code target}. */
  public SaliencyConfig withToward(String sign) {
    return Records.changed(this, SaliencyConfig::toward).to(Optional.of(sign));
  }

  public SaliencyConfig withSeed(long other) {
    return Records.changed(this, SaliencyConfig::seed).to(other);
  }

  /** Returns a copy on another device, in another precision. */
  public SaliencyConfig on(String otherDevice, String otherPrecision) {
    return Records.changed(this, SaliencyConfig::device, SaliencyConfig::precision)
        .to(otherDevice, otherPrecision);
  }

  /** Whether values above 0 are towards the target in all tables of maps that have a sign. */
  boolean isTowardTarget() {
    return toward.filter(TARGET::equals).isPresent();
  }

  List<Method> chosen() {
    return methods.stream().map(Methods::named).toList();
  }

  /**
   * How the network is run.
   *
   * @throws InvalidRequestException for a device or precision that there is not, or in which
   *     windows can't be verified
   */
  TorchClassifier.Settings running() {
    Precision parsed =
        InvalidRequestException.check(() -> Precision.parse("--precision", precision));
    if (settings.occlusion().verify() && parsed != Precision.FLOAT32) {
      throw new InvalidRequestException(
          "--verify compares logits to 1e-4, which "
              + parsed.label()
              + " does not hold; take --precision float32");
    }
    return new TorchClassifier.Settings(
        parsed, InvalidRequestException.check(() -> TorchDevice.parse(device)), batch);
  }
}
