package org.whisker.feature.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.ModelCard;
import org.whisker.command.RecordOptions;
import org.whisker.feature.train.TrainOptions.StartOptions;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.network.Window.Padding;
import org.whisker.torch.Precision;
import org.whisker.training.Augmentation;
import org.whisker.training.Augmentation.PhotoTreatment;
import org.whisker.training.TrainingTask.TrainingOptions;

class TrainOptionsTest {
  private static TrainingRegime regime(String... words) {
    return RecordOptions.of(TrainingRegime.class).asked("train", List.of(words), List.of());
  }

  private static StartingPoint.Fresh fresh(String... words) {
    StartOptions options =
        RecordOptions.of(StartOptions.class).asked("train", List.of(words), List.of());
    return (StartingPoint.Fresh) options.start();
  }

  @Test
  void vgg16DefaultsAreThoseOfTheEmbeddedClassifier() {
    assertEquals(
        new TrainingOptions(
            40,
            64,
            2e-3,
            0.05,
            2,
            0.05,
            2,
            0.005,
            new Augmentation(0.45, 4 / 3.0, 0.3, 0.15, 0.1),
            1),
        regime().options(Kind.VGG16));
    StartingPoint.Fresh options = fresh("--arch=vgg16");
    assertEquals(
        new Architecture(Kind.VGG16, 0.125, List.of(), true, 256, 4, 0.3), options.architecture());
    assertEquals(new ModelCard.Input(1, 128, 128), options.input());
    assertEquals(Padding.ZERO, options.padding());
  }

  @Test
  void inceptionDefaultsAreThoseOfTheEmbeddedClassifier() {
    TrainingRegime regime = regime();
    assertEquals(TrainingOptions.defaults(40, 1), regime.options(Kind.INCEPTION_RESNET_V2));
    assertEquals(Precision.BFLOAT16, regime.computePrecision());
    assertEquals(
        new Architecture(Kind.INCEPTION_RESNET_V2, 0.25, List.of(3, 6, 3), true, 0, 1, 0.2),
        fresh("--arch=inception-resnet-v2").architecture());
  }

  @Test
  void everyOptionReachesItsPlace() {
    TrainingRegime regime =
        regime(
            "--epochs=8 --batch=32 --learning-rate=0.01 --weight-decay=0.1 --warmup=1"
                .concat(" --label-smoothing=0.2 --clip=3 --averaging=0.5 --crop-area=0.6")
                .concat(" --crop-aspect=1.5 --contrast=0.01 --brightness=0.02 --erase=0.03")
                .concat(" --precision=float32 --seed=9 --shift=0.25 --treat=inverted")
                .split(" "));
    assertEquals(
        new TrainingOptions(
            8,
            32,
            0.01,
            0.1,
            1,
            0.2,
            3,
            0.5,
            new Augmentation(
                0.6, 1.5, 0.01, 0.02, 0.03, OptionalDouble.of(0.25), PhotoTreatment.INVERTED),
            9),
        regime.options(Kind.VGG16));
    Map<String, String> named = TrainingRegime.named(regime.options(Kind.VGG16), Precision.FLOAT32);
    assertEquals("0.25", named.get("shift"));
    assertEquals(Precision.FLOAT32, regime.computePrecision());
    StartingPoint.Fresh options =
        fresh(
            "--arch=inception-resnet-v2 --repeats=1,2,0 --width=0.5 --dropout=0.1 --size=96"
                .concat(" --padding=circular")
                .split(" "));
    assertEquals(
        new Architecture(Kind.INCEPTION_RESNET_V2, 0.5, List.of(1, 2, 0), true, 0, 1, 0.1),
        options.architecture());
    assertEquals(new ModelCard.Input(1, 96, 96), options.input());
    assertEquals(Padding.CIRCULAR, options.padding());
  }

  @Test
  void refusesWhatCannotBe() {
    refused("'resnet'", "--arch=resnet");
    refused("--repeats has no meaning for --arch vgg16", "--arch=vgg16", "--repeats=1,1,1");
    refused("--head-width", "--arch=inception-resnet-v2", "--head-width=8");
    refused("three numbers", "--arch=inception-resnet-v2", "--repeats=1,1");
    refused("width", "--arch=vgg16", "--width=NaN");
    refused("nothing is left", "--arch=vgg16", "--size=16");
    refused("not odd", "--arch=vgg16", "--padding=odd");
    TrainingRegime regime = regime("--learning-rate=NaN");
    StartingPoint fresh = fresh("--arch=vgg16");
    WhiskerHome home = new WhiskerHome(Path.of(""));
    assertTrue(
        assertThrows(InvalidRequestException.class, () -> fresh.origin(home, regime))
            .toString()
            .contains("learning rate must be in (0, 1), was NaN"));
  }

  private static void refused(String part, String... args) {
    String message = assertThrows(InvalidRequestException.class, () -> fresh(args)).toString();
    assertTrue(message.contains(part), message);
  }
}
