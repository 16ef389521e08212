package org.whisker.training;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.network.CutPoints.HeadSplit;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;
import org.whisker.torch.Backbone;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchDevice;
import org.whisker.value.Checks;
import org.whisker.value.IoSupplier;
import org.whisker.value.Text;
import org.whisker.weights.Weights;

/**
 * A model that teaches another.
 *
 * @param how the student learns from it
 * @param input the size of the pictures that it takes; the shape must be that of the student's
 * @param precision in which it is run
 * @param features the number of its features that are taught; 0: its logits alone
 * @param cache the folder of its outputs; empty: beside the checkpoints
 * @param opening opens it; called when outputs are missing
 */
public record Teacher(
    Distillation how,
    Canvas input,
    Precision precision,
    int features,
    Optional<Path> cache,
    IoSupplier<TeacherOutputs> opening) {
  /** Creates a teacher; only features that are taught are counted. */
  public Teacher {
    if (features < 0 || (features > 0) != how.ofFeatures()) {
      throw new IllegalArgumentException(
          Text.of("%d features at a weight of %s", features, how.featureWeight()));
    }
  }

  /** The numbers that it gives for a picture: the logit, then the features. */
  int outputs() {
    return 1 + features;
  }

  /** Whether pictures of this size have the teacher's shape. */
  public boolean seesAll(Canvas student) {
    return (long) input.width() * student.height() == (long) input.height() * student.width();
  }

  /** What a loaded teacher gives for pictures, at its own input size. */
  public interface TeacherOutputs extends AutoCloseable {
    /**
     * Returns for each picture, in order, the logit against the target and then the features that
     * are taught, if any.
     */
    float[] of(List<PlanarImage> pictures);

    @Override
    void close();

    /** The logits of a classifier and no features; closing closes the classifier. */
    static TeacherOutputs logits(Classifier classifier) {
      return new TeacherOutputs() {
        @Override
        public float[] of(List<PlanarImage> pictures) {
          return classifier.logits(pictures);
        }

        @Override
        public void close() {
          classifier.close();
        }
      };
    }
  }

  /**
   * Knowledge distillation: instead of labels, the student is trained on what a teacher says of the
   * very same pictures (Hinton et al. 2015, arXiv 1503.02531), as function matching (Beyer et al.
   * 2022, arXiv 2106.05237): both see the same augmented view, views are mixed with others, and the
   * schedule is long.
   *
   * <p>A photo has a finite number of views, so that the teacher is asked once for each picture and
   * its answers are kept. Mixed pictures are part of that finite schedule: which two views are
   * mixed, and how, is a function of seed, round and photo. So the teacher scores the mixed picture
   * itself, for the price of an unmixed one. Mixing its logits or probabilities of two single views
   * instead would allow new pairs in every epoch, but only as an approximation: what a network says
   * of a mixture is not the mixture of what it says.
   *
   * <p>A logit is one number a picture. With {@code featureWeight} the student also learns to
   * predict the teacher's features, of which there are hundreds: all that the teacher's last linear
   * layer reads, from all that the student's own reads (the regression of a hint layer of Romero et
   * al. 2015, FitNets, arXiv 1412.6550, here of the penultimate layers). The outputs that predict
   * them are of use to training alone and not part of the model.
   *
   * @param model the teacher's name
   * @param sha256 the SHA-256 of its weights file
   * @param temperature by which both logits are divided; above 0
   * @param mixup share of the pictures that are a mixture λ a + (1 − λ) b of two photos' views, λ
   *     uniform on [0, 1] (mixup: Zhang et al. 2018, arXiv 1710.09412)
   * @param views pictures of each photo: epoch e shows number (e − 1) modulo {@code views}
   * @param viewsSeed the seed of the pictures' random numbers; empty: the seed of the training.
   *     Networks of several seeds that share it are shown the same pictures, so the teacher is
   *     asked once
   * @param featureWeight weight, in the loss, of the share of the features' variance that is not
   *     predicted; 0: only logits are taught
   */
  public record Distillation(
      String model,
      String sha256,
      double temperature,
      double mixup,
      int views,
      OptionalLong viewsSeed,
      double featureWeight) {
    private static final double HIGHEST_TEMPERATURE = 100;
    private static final double HIGHEST_WEIGHT = 1000;

    public Distillation {
      Checks.require(
          temperature > 0 && temperature <= HIGHEST_TEMPERATURE,
          "temperature must be above 0 and at most 100, was %s",
          temperature);
      Checks.require(mixup >= 0 && mixup <= 1, "mixup must be a share from 0 to 1, was %s", mixup);
      Checks.refuse(views < 1, "views must be at least 1, was %s", views);
      Checks.require(
          featureWeight >= 0 && featureWeight <= HIGHEST_WEIGHT,
          "feature weight must be from 0 to 1000, was %s",
          featureWeight);
    }

    /** Whether the student learns the teacher's features. */
    public boolean ofFeatures() {
      return featureWeight > 0;
    }

    /**
     * The round of an epoch, from 0.
     *
     * @param epoch from 1
     */
    int round(int epoch) {
      return (epoch - 1) % views;
    }
  }

  /** A network's logit and what its last linear layer computes that from. */
  public static final class TeacherFeatures implements TeacherOutputs {
    private final Backbone backbone;
    private final int planes;
    private final float[] weight;
    private final float bias;

    /**
     * Loads the teacher network.
     *
     * @param network with one logit
     * @param shown planes of the pictures: 1 for gray, 3 for colours
     * @throws IOException naming the tensor that does not fit
     */
    public TeacherFeatures(
        Network network,
        Weights weights,
        Preprocessing preprocessing,
        int shown,
        Precision precision,
        TorchDevice device)
        throws IOException {
      Node last = network.output();
      this.planes = network.input().channels() == PlanarImage.COLOURS ? shown : 1;
      this.weight = new float[count(network)];
      weights.floats(last.name() + ".weight").get(weight);
      this.bias = weights.floats(last.name() + ".bias").get();
      this.backbone =
          new Backbone(
              HeadSplit.of(network).backbone(), weights, preprocessing, planes, precision, device);
    }

    /**
     * The number of features of a network.
     *
     * @throws IllegalArgumentException if its last layer is not linear
     */
    public static int count(Network network) {
      return Math.toIntExact(HeadSplit.of(network).backbone().output().shape().size());
    }

    @Override
    public float[] of(List<PlanarImage> pictures) {
      FloatBuffer images =
          FloatBuffer.allocate(pictures.size() * planes * pictures.get(0).canvas().pixels());
      pictures.forEach(picture -> images.put(picture.in(planes).values()));
      FloatBuffer features = FloatBuffer.wrap(backbone.features(images.flip(), pictures.size()));
      FloatBuffer rows = FloatBuffer.allocate(pictures.size() * (1 + weight.length));
      float[] row = new float[weight.length];
      while (features.hasRemaining()) {
        features.get(row);
        rows.put(logit(row)).put(row);
      }
      return rows.array();
    }

    private float logit(float[] features) {
      double sum = bias;
      for (int i = 0; i < features.length; i++) {
        sum += (double) weight[i] * features[i];
      }
      return (float) sum;
    }

    @Override
    public void close() {
      backbone.close();
    }
  }
}
