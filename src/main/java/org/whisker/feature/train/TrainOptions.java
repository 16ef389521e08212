package org.whisker.feature.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.ModelCard;
import org.whisker.feature.train.TrainJob.TrainConfig;
import org.whisker.feature.train.TrainJob.TrainConfig.ClassBalance;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.SharedOptions;
import org.whisker.network.FreshHead;
import org.whisker.network.Window.Padding;
import org.whisker.option.Option;
import org.whisker.option.OptionGroup;
import org.whisker.torch.Precision;
import org.whisker.weights.DType;
import org.whisker.weights.DType.Storage;

/** A training, as it is asked for. */
public record TrainOptions(
    StartOptions start,
    @Option(
            names = "--data",
            label = "DIR|CSV",
            help = {
              "A folder with train/, val/ and optionally test/, each with cat/ and not_cat/; or a"
                  + " CSV with the columns path, label (cat or 0, not_cat or 1) and optionally"
                  + " split (train, val, test). Without split, it is decided by the CRC-32 of the"
                  + " file modulo 100, below 70 train, below 85 val, else test."
            })
        Path data,
    @Option(
            names = "--out",
            label = "DIR",
            help = "The model's folder; a plain name means one in models/.")
        Path out,
    @Option(names = "--force", help = "Replace the model in that folder.") boolean force,
    TrainingRegime regime,
    @OptionGroup(
            alone =
                "--temperature, --mixup, --views, --feature-weight and --teacher-cache go with"
                    + " --teacher MODEL; name one, or leave them out")
        Optional<TeachingConfig> teaching,
    @Option(
            names = "--balance",
            label = "WHEN",
            defaultValue = "auto",
            help = {
              "on: an epoch shows as many cats as other photos, repeating those of the smaller"
                  + " class; off: every photo once; auto: on if one class has 1.5 times the photos"
                  + " of the other."
            })
        ClassBalance balance,
    @SharedOptions.Device String device,
    @Option(
            names = "--note",
            label = "TEXT",
            help = "Description of the photos for the model's card. Default: the folder's name.")
        Optional<String> note,
    @Option(names = "--research-only", help = "The photos may be used for research only.")
        boolean researchOnly,
    @Option(
            parser = Store.class,
            names = "--store",
            label = "T",
            defaultValue = "f32",
            help =
                "Numbers in the weights file: f32, or f16 or bf16 for a file of half the size; the"
                    + " test photos are scored with what is stored.")
        DType store,
    @Option(
            names = "--half",
            split = ",",
            label = "LAYER",
            help =
                "Layers whose weights are stored in f16 whatever --store says, for a"
                    + " smaller file.")
        List<String> half) {
  /** Reads how a weights file holds numbers. */
  static final class Store implements Option.Parser<DType> {
    @Override
    public DType parse(String label) {
      return switch (label) {
        case "f32" -> DType.F32;
        case "f16" -> DType.F16;
        case "bf16" -> DType.BF16;
        default ->
            throw new IllegalArgumentException(
                "--store must be f32, f16 or bf16, was '" + label + "'");
      };
    }
  }

  /**
   * The training.
   *
   * @throws InvalidRequestException for what can't be
   */
  public TrainConfig config() {
    StartingPoint from = start.start();
    return InvalidRequestException.check(
        () ->
            new TrainConfig(
                data,
                out,
                force,
                from,
                regime,
                teaching,
                balance,
                new DeviceConfig(device, Precision.FLOAT32).device(),
                note,
                researchOnly,
                new Storage(store, half)));
  }

  /** What a training begins with, as it is asked for: fresh weights of a network, or a model's. */
  public record StartOptions(
      @Option(
              names = "--arch",
              label = "ARCH",
              help =
                  "vgg16, inception-resnet-v2, mobilenet-v2 or tf-mobilenet-v2 (TensorFlow's"
                      + " padding).")
          Optional<String> arch,
      @Option(
              names = "--width",
              label = "W",
              help =
                  "Fraction of the published number of channels. Default: 0.125 (vgg16), 1"
                      + " (MobileNet v2), 0.25.")
          OptionalDouble width,
      @Option(
              names = "--repeats",
              split = ",",
              label = "N",
              help = "inception-resnet-v2: number of blocks of each kind. Default: 3,6,3.")
          List<Integer> repeats,
      @Option(names = "--no-batch-norm", help = "vgg16, MobileNet v2: without batch norm.")
          boolean noBatchNorm,
      @Option(
              names = "--head-width",
              label = "N",
              help = "vgg16: units of the hidden layers, 0 for global pooling. Default: 256.")
          OptionalInt headWidth,
      @Option(
              names = "--pooled-size",
              label = "N",
              help = "vgg16: height and width of the input of the hidden layers. Default: 4.")
          OptionalInt pooledSize,
      @Option(
              names = "--dropout",
              label = "P",
              help =
                  "Dropout before the last layers. Default: 0.3 (vgg16), 0.2, or that of --init.")
          OptionalDouble dropout,
      @Option(
              names = "--size",
              label = "N",
              help = "Height and width of the input in pixels. Default: 128, or that of --init.")
          OptionalInt size,
      @Option(
              names = "--padding",
              label = "P",
              help =
                  "Padding at the border: zero, reflect, replicate or circular. Default: zero, or"
                      + " that of --init.")
          Optional<Padding> padding,
      @OptionGroup(
              alone =
                  "--head, --features, --frozen-epochs and --release-rate go with --init MODEL;"
                      + " name one, or leave them out")
          Optional<Init> init) {
    private static final int SIZE = 128;

    /** The model whose weights a training begins with, and how they are trained on. */
    public record Init(
        @Option(
                names = "--init",
                candidates = Option.MODELS,
                label = "MODEL",
                help = {
                  "Fine-tune this model (a name in models/, or a path) instead of --arch: its last"
                      + " linear layer is replaced by one new logit.",
                })
            String model,
        @Option(
                names = "--head",
                label = "HEAD",
                help = {
                  "With --init: the new logit reads the last map of the model, pooled (each channel"
                      + " averaged over places) or flattened (each value by itself). Default: it"
                      + " takes the place of the last linear layer; pooled, if the model does not"
                      + " end in one."
                })
            Optional<FreshHead.Form> head,
        @Option(
                names = "--features",
                label = "LAYER",
                help = {
                  "With --init: the new logit reads the map of this layer or stage (see network"
                      + " show), pooled unless --head says otherwise. All behind it goes. Default:"
                      + " the map that the model's own head reads."
                })
            Optional<String> features,
        @Option(
                names = "--frozen-epochs",
                label = "N",
                help = {
                  "With --init: epochs that train the new layer alone, on features that the other"
                      + " layers compute once for each photo and its mirror image. Default: 5, at"
                      + " most --epochs."
                })
            OptionalInt frozenEpochs,
        @Option(
                names = "--release-rate",
                label = "R",
                help =
                    "With --init: the learning rate of all layers after that. Default:"
                        + " --learning-rate / 100.")
            OptionalDouble releaseRate) {}

    /**
     * What was asked for.
     *
     * @throws InvalidRequestException for what can't be, and for options that exclude each other
     */
    public StartingPoint start() {
      return init.isPresent() ? pretrained(init.get()) : fresh();
    }

    /**
     * A training from fresh weights.
     *
     * @throws InvalidRequestException for what can't be
     */
    private StartingPoint.Fresh fresh() {
      int side = size.orElse(SIZE);
      return InvalidRequestException.check(
          () ->
              new StartingPoint.Fresh(
                  architecture(),
                  new ModelCard.Input(1, side, side),
                  padding.orElse(Padding.ZERO)));
    }

    private Kind kind() {
      InvalidRequestException.refuse(
          arch.isEmpty(), "name the network: --arch " + Kind.all(" or ") + ", or --init MODEL");
      return Stream.of(Kind.values())
          .filter(kind -> kind.label().equals(arch.orElseThrow()))
          .findFirst()
          .orElseThrow(
              () ->
                  new InvalidRequestException(
                      "--arch must be " + Kind.all(" or ") + ", was '" + arch.orElseThrow() + "'"));
    }

    private Architecture architecture() {
      return switch (kind()) {
        case VGG16 -> vgg16();
        case INCEPTION_RESNET_V2 -> inceptionResNetV2();
        case MOBILENET_V2, TF_MOBILENET_V2 -> mobileNetV2(kind());
        case ONNX ->
            throw new InvalidRequestException(
                "--arch onnx is no network to train from fresh weights; name a model by --init");
      };
    }

    private Architecture mobileNetV2(Kind kind) {
      refuse("--repeats", !repeats.isEmpty());
      refuse("--head-width", headWidth.isPresent());
      refuse("--pooled-size", pooledSize.isPresent());
      return new Architecture(
          kind, width.orElse(1), List.of(), !noBatchNorm, 0, 1, dropout.orElse(0.2));
    }

    private Architecture vgg16() {
      refuse("--repeats", !repeats.isEmpty());
      return new Architecture(
          Kind.VGG16,
          width.orElse(0.125),
          List.of(),
          !noBatchNorm,
          headWidth.orElse(256),
          pooledSize.orElse(4),
          dropout.orElse(0.3));
    }

    private Architecture inceptionResNetV2() {
      refuse("--no-batch-norm", noBatchNorm);
      refuse("--head-width", headWidth.isPresent());
      refuse("--pooled-size", pooledSize.isPresent());
      return new Architecture(
          Kind.INCEPTION_RESNET_V2,
          width.orElse(0.25),
          repeats.isEmpty() ? List.of(3, 6, 3) : repeats,
          true,
          0,
          1,
          dropout.orElse(0.2));
    }

    private void refuse(String option, boolean given) {
      if (given) {
        throw new InvalidRequestException(
            option + " has no meaning for --arch " + arch.orElseThrow() + "; leave it out");
      }
    }

    /**
     * A training from the weights of a model, with what is to differ from it.
     *
     * @throws InvalidRequestException for an option that would make its weights useless
     */
    private StartingPoint.Pretrained pretrained(Init from) {
      refuseBesideInit("--arch", arch.isPresent());
      refuseBesideInit("--width", width.isPresent());
      refuseBesideInit("--repeats", !repeats.isEmpty());
      refuseBesideInit("--no-batch-norm", noBatchNorm);
      refuseBesideInit("--head-width", headWidth.isPresent());
      refuseBesideInit("--pooled-size", pooledSize.isPresent());
      return InvalidRequestException.check(
          () ->
              new StartingPoint.Pretrained(
                  from.model(),
                  size,
                  padding,
                  dropout,
                  from.head(),
                  from.features(),
                  from.frozenEpochs(),
                  from.releaseRate()));
    }

    private static void refuseBesideInit(String option, boolean given) {
      InvalidRequestException.refuse(
          given, option + " and --init exclude each other: the model's layers are given");
    }
  }
}
