package org.whisker.torch;

import java.util.Locale;

/**
 * The numbers of one AdamW step.
 *
 * @param number the step, from 1: corrects the moments' bias
 * @param learningRate step size
 * @param weightDecay decoupled decay, per unit of learning rate; biases and norms are exempt
 * @param clip largest L2 norm of the gradient; a longer one is scaled down to it
 * @param averaging weight of the current weights in the update of the averaged ones, 0 to 1
 */
public record TrainingStep(
    int number, double learningRate, double weightDecay, double clip, double averaging) {
  public TrainingStep {
    if (number < 1 || !(learningRate >= 0 && weightDecay >= 0 && clip > 0)) {
      throw new IllegalArgumentException("impossible step: " + number + ", rate " + learningRate);
    }
  }

  /**
   * The numbers that the training script reads: rate, decay, 1/bias1, 1/sqrt(bias2), clip,
   * averaging.
   */
  float[] numbers() {
    double first = 1 / (1 - Math.pow(TrainingScript.FIRST_DECAY, number));
    double second = 1 / Math.sqrt(1 - Math.pow(TrainingScript.SECOND_DECAY, number));
    return new float[] {
      (float) learningRate,
      (float) weightDecay,
      (float) first,
      (float) second,
      (float) clip,
      (float) averaging
    };
  }

  /** What a step of training makes smaller, as the mean over its batch. */
  public sealed interface Loss {
    /**
     * Statements of TorchScript that leave the loss in {@code loss}, of outputs z and targets y: a
     * row for each picture, the logit first.
     */
    String script();

    /** How many outputs of a network it takes. */
    default int outputs() {
      return 1;
    }

    /** Binary cross-entropy; targets are probabilities of not-cat. */
    record CrossEntropy() implements Loss {
      @Override
      public String script() {
        return "    loss = torch.binary_cross_entropy_with_logits(z, y, None, None, 1)\n";
      }
    }

    /**
     * The Kullback-Leibler divergence of the student's Bernoulli distribution from the teacher's,
     * in nats, both at a temperature T: T² KL(σ(t / T) ‖ σ(z / T)). Targets are the teacher's
     * logits t. Its derivative by z is T (σ(z / T) − σ(t / T)); the factor T² keeps gradients about
     * as large at every temperature (Hinton et al. 2015, arXiv 1503.02531).
     *
     * @param temperature T, above 0
     */
    record Divergence(double temperature) implements Loss {
      public Divergence {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException("temperature must be above 0, was " + temperature);
        }
      }

      /** Cross-entropy less the teacher's entropy, which is its cross-entropy with itself. */
      @Override
      public String script() {
        return """
            t = torch.div(y, %1$s)
            q = torch.sigmoid(t)
            h0 = torch.binary_cross_entropy_with_logits(t, q, None, None, 1)
            h1 = torch.binary_cross_entropy_with_logits(torch.div(z, %1$s), q, None, None, 1)
            loss = torch.mul(torch.sub(h1, h0), %2$s)
        """
            .formatted(temperature, temperature * temperature);
      }
    }

    /**
     * Adds to another loss of the logit a weight times the share of the variance of a teacher's
     * features that the other outputs do not predict: Σ (f − g)² / Σ (g − ḡ)², both over the batch
     * and all features, g the teacher's, ḡ their mean over the batch.
     *
     * @param logit takes the first output and the first target
     * @param features how many
     */
    record WithFeatures(Loss logit, int features, double weight) implements Loss {
      @Override
      public String script() {
        return String.format(
            Locale.ROOT,
            """
            zs = z
            ys = y
            z = torch.narrow(zs, 1, 0, 1)
            y = torch.narrow(ys, 1, 0, 1)
        %1$s    f = torch.narrow(zs, 1, 1, %2$d)
            g = torch.narrow(ys, 1, 1, %2$d)
            e = torch.sum(torch.pow(torch.sub(f, g), 2))
            v = torch.sum(torch.pow(torch.sub(g, torch.mean(g, [0], True)), 2))
            loss = torch.add(loss, torch.div(e, torch.add(v, 1.0e-6)), alpha=%3$s)
        """,
            logit.script(),
            features,
            weight);
      }

      @Override
      public int outputs() {
        return 1 + features;
      }
    }
  }
}
