package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Networks.UnknownLayersException;
import org.whisker.classifier.Output;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Canvas;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.ModelConfig.Models;
import org.whisker.network.Network;
import org.whisker.option.Option;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import org.whisker.training.Teacher;
import org.whisker.training.Teacher.Distillation;
import org.whisker.training.Teacher.TeacherFeatures;
import org.whisker.training.Teacher.TeacherOutputs;
import org.whisker.value.Text;
import org.whisker.weights.Layouts;

/** Which model teaches another, and how. */
public record TeachingConfig(
    @Option(
            names = "--teacher",
            candidates = Option.MODELS,
            label = "MODEL",
            help = {
              "Train on the outputs of this model (a name in models/, or a path) for the same"
                  + " pictures, at its own input size, instead of on labels (knowledge"
                  + " distillation). It scores each picture once."
            })
        String model,
    @Option(
            defaultValue = "2",
            names = "--temperature",
            label = "T",
            help = "With --teacher: both logits are divided by T.")
        double temperature,
    @Option(
            defaultValue = "0.5",
            names = "--mixup",
            label = "P",
            help = {
              "With --teacher: share of the pictures that are a random mixture of two photos."
            })
        double mixup,
    @Option(
            defaultValue = "30",
            names = "--views",
            label = "N",
            help = {
              "With --teacher: number of different pictures of each photo; they repeat after"
                  + " N epochs."
            })
        int views,
    @Option(
            names = "--views-seed",
            label = "N",
            help = {
              "With --teacher: seed of these pictures. Networks that differ only in --seed"
                  + " then learn from the same pictures, and a --teacher-cache serves all of"
                  + " them. Default: --seed."
            })
        OptionalLong viewsSeed,
    @Option(
            defaultValue = "0",
            names = "--feature-weight",
            label = "W",
            help = {
              "With --teacher: the student also learns to predict the teacher's features (what its"
                  + " last layer reads), by a second loss of this weight: the share of their"
                  + " variance that is not predicted. Default: ${DEFAULT-VALUE}, logits alone."
            })
        double featureWeight,
    @Option(
            names = "--teacher-cache",
            label = "DIR",
            help = {
              "With --teacher: where its outputs are kept, for trainings that draw the same"
                  + " pictures (same photos, size, augmentation, mixup, seed and precision)."
                  + " Default: with the checkpoints."
            })
        Optional<Path> cache) {

  private static final int BATCH = 32;

  /**
   * The teacher, of which no more is known to training than that it is a classifier.
   *
   * @param researchOnly whether its weights, so also what they teach, are for research only
   */
  record Found(Teacher teacher, boolean researchOnly) {}

  /**
   * Finds the model, and checks that it can teach this network.
   *
   * @param planes in which photos are shown: 1 for their gray, 3 for their colours
   * @param precision the precision of the training; a TorchScript module runs in float32
   * @throws InvalidRequestException for a model or a number that can't be
   * @throws IOException when there is no such model, or it is damaged
   */
  Found find(WhiskerHome home, Network student, int planes, Precision precision, TorchDevice device)
      throws IOException {
    StoredModel stored = Models.open(new ModelStore(home.models()), model);
    ModelCard card = stored.card();
    InvalidRequestException.refuse(
        card.output().form() == Output.Form.LOGITS,
        Text.of(
                "--teacher %s tells %d classes apart; a teacher has one output, of cat or not: make"
                    + " one by",
                card.name(), card.output().size())
            + " train --init");
    Precision run = card.isModule() ? Precision.FLOAT32 : precision;
    Teacher teacher = teacher(stored, planes, new TorchClassifier.Settings(run, device, BATCH));
    requireShape(card, teacher, student);
    boolean researchOnly = card.training() != null && card.training().researchOnly();
    return new Found(teacher, researchOnly);
  }

  private Teacher teacher(StoredModel stored, int planes, TorchClassifier.Settings run) {
    ModelCard card = stored.card();
    Distillation how = InvalidRequestException.check(() -> how(card));
    Canvas input = card.input().canvas();
    if (!how.ofFeatures()) {
      return new Teacher(
          how,
          input,
          run.precision(),
          0,
          cache,
          () -> TeacherOutputs.logits(Classifiers.openAny(stored, run)));
    }
    Network network = layers(card);
    return new Teacher(
        how,
        input,
        run.precision(),
        TeacherFeatures.count(network),
        cache,
        () ->
            new TeacherFeatures(
                network,
                Layouts.fit(stored.weights(), network.parameters()),
                card.preprocessing(),
                planes,
                run.precision(),
                run.device()));
  }

  private Distillation how(ModelCard card) {
    return new Distillation(
        card.name(), card.weights().sha256(), temperature, mixup, views, viewsSeed, featureWeight);
  }

  private static Network layers(ModelCard card) {
    try {
      Network network = Networks.of(card);
      TeacherFeatures.count(network);
      return network;
    } catch (IllegalArgumentException | UnknownLayersException e) {
      throw new InvalidRequestException(
          "--feature-weight needs a teacher whose last layer is known and linear: "
              + e.getMessage());
    }
  }

  private static void requireShape(ModelCard card, Teacher teacher, Network student) {
    Canvas own = new Canvas(student.input().width(), student.input().height());
    InvalidRequestException.refuse(
        !teacher.seesAll(own),
        Text.of(
                "--teacher %s takes pictures of %dx%d, which is another shape than the student's"
                    + " %dx%d; take a",
                card.name(),
                teacher.input().width(),
                teacher.input().height(),
                own.width(),
                own.height())
            + " teacher of the same shape");
  }
}
