package org.whisker.saliency.method;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.classifier.FeatureClassifier.Tokens;
import org.whisker.image.Canvas;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod;

/**
 * Maps from the matrices of attention of all layers: what reaches the class token from each patch,
 * or all tokens, where their mean is read.
 *
 * <p>Shape: one value per pixel of the classifier's canvas, upsampled from the grid of patches.
 */
record AttentionMap(Kind kind, Upsampling upsampling) implements SaliencyMethod {
  private static final Map<Kind, Method> ALL = describeAll();

  /** What is made of the matrices. */
  enum Kind {
    /**
     * Attention rollout (Abnar and Zuidema, 2020, arXiv:2005.00928): the product over the layers of
     * ½ (mean over heads + identity). Unit: share. It knows nothing of the class.
     */
    ROLLOUT(
        "attention-rollout",
        "share",
        SignConvention.MAGNITUDE,
        "attention multiplied over all layers, whatever the class"),
    /**
     * Chefer, Gur and Wolf (2021, arXiv:2103.15679), rule of self-attention: R becomes R + A R,
     * where A is the mean over heads of the attention times its gradient, as far as that is above 0
     * for cat. Unit: logits, in the first layer alone.
     */
    RELEVANCE(
        "attention-relevance",
        "relevance",
        SignConvention.FEATURES_TOWARDS_TARGET,
        "attention times its gradient for cat, followed over all layers"),
    /**
     * Attention × gradient: for each key, the sum over layers, heads and queries of the attention
     * times the derivative of the logit with respect to it. Unit: logits.
     */
    GRADIENT(
        "attention-x-gradient",
        "logits",
        SignConvention.FEATURES_TOWARDS_NOT_TARGET,
        "attention times its gradients, summed over all layers");

    private final String label;
    private final String unit;
    private final SignConvention sign;
    private final String line;

    Kind(String label, String unit, SignConvention sign, String line) {
      this.label = label;
      this.unit = unit;
      this.sign = sign;
      this.line = line;
    }
  }

  /** A method a kind. */
  static List<Method> all() {
    return List.copyOf(ALL.values());
  }

  private static Map<Kind, Method> describeAll() {
    Map<Kind, Method> all = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      all.put(
          kind,
          new Method(
              kind.label,
              Need.ATTENTION,
              kind.unit,
              kind.sign,
              kind.line,
              set -> new AttentionMap(kind, set.upsampling())));
    }
    return all;
  }

  @Override
  public Method method() {
    return Objects.requireNonNull(ALL.get(kind));
  }

  @Override
  public String options() {
    return upsampling == Upsampling.NEAREST ? "" : upsampling.toString();
  }

  @Override
  public Optional<Attribution> explain(MethodInput input) {
    Inputs.checkSize(input.classifier(), input.picture().canvas());
    Tokens tokens = input.features().tokens().orElseThrow();
    int n = tokens.places().size();
    double[][] reached = identity(n);
    double[] keys = new double[n];
    for (String layer : tokens.attentions()) {
      if (input.stopped().getAsBoolean()) {
        return Optional.empty();
      }
      Features features = input.features().features(layer, List.of(input.picture())).get(0);
      double[][] step = step(features, n);
      if (kind == Kind.GRADIENT) {
        for (double[] row : step) {
          for (int key = 0; key < n; key++) {
            keys[key] += row[key];
          }
        }
      } else {
        reached = product(step, reached);
      }
    }
    double[] values = kind == Kind.GRADIENT ? keys : read(reached, tokens);
    double[] grid = new double[tokens.grid().height() * tokens.grid().width()];
    for (int token = 0; token < n; token++) {
      if (tokens.places().get(token) >= 0) {
        grid[tokens.places().get(token)] = values[token];
      }
    }
    SaliencyMap onGrid =
        method().map(new Canvas(tokens.grid().width(), tokens.grid().height()), grid);
    return Optional.of(
        new Attribution.Builder(method(), upsampling.apply(onGrid, input.classifier().canvas()))
            .with(Attribution.GRID, onGrid)
            .build());
  }

  /** What a layer does to what reached its tokens: a row a query. */
  private double[][] step(Features of, int n) {
    int heads = of.shape().channels();
    double[][] step = kind == Kind.GRADIENT ? new double[n][n] : identity(n);
    for (int query = 0; query < n; query++) {
      for (int key = 0; key < n; key++) {
        double sum = 0;
        for (int head = 0; head < heads; head++) {
          sum += value(of.activation(head, query, key), of.gradient(head, query, key));
        }
        step[query][key] += kind == Kind.GRADIENT ? sum : sum / heads;
        step[query][key] /= kind == Kind.ROLLOUT ? 2 : 1;
      }
    }
    return step;
  }

  private double value(double attention, double gradient) {
    return switch (kind) {
      case ROLLOUT -> attention;
      case RELEVANCE -> Math.max(0, -gradient * attention);
      case GRADIENT -> gradient * attention;
    };
  }

  /** The mean of the rows of class tokens; of all, where there are none. */
  private static double[] read(double[][] reached, Tokens tokens) {
    boolean ofClass = tokens.places().stream().anyMatch(place -> place < 0);
    double[] mean = new double[reached.length];
    int rows = 0;
    for (int query = 0; query < reached.length; query++) {
      if (!ofClass || tokens.places().get(query) < 0) {
        rows++;
        for (int key = 0; key < mean.length; key++) {
          mean[key] += reached[query][key];
        }
      }
    }
    for (int key = 0; key < mean.length; key++) {
      mean[key] /= rows;
    }
    return mean;
  }

  private static double[][] identity(int n) {
    double[][] identity = new double[n][n];
    for (int i = 0; i < n; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  private static double[][] product(double[][] a, double[][] b) {
    int n = a.length;
    double[][] product = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        for (int j = 0; j < n; j++) {
          product[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return product;
  }
}
