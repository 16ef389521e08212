package org.whisker.torch.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Operation;
import org.whisker.network.TokenOperation;
import org.whisker.network.Window.Padding;
import org.whisker.value.Text;

/** TorchScript for the operations of imported networks. */
public final class OperationScript {
  private final Padding padding;
  private final UnaryOperator<String> weight;

  /**
   * Prepares the statements of one node.
   *
   * @param padding the padding of the network
   * @param weight the expression for a tensor of the node, by the last part of its name
   */
  public OperationScript(Padding padding, UnaryOperator<String> weight) {
    this.padding = padding;
    this.weight = weight;
  }

  /**
   * An expression for the node's value.
   *
   * @param inputs expressions for what it reads
   * @param shapes the shapes of these
   */
  public String of(Operation operation, List<String> inputs, List<FeatureShape> shapes) {
    String x = inputs.get(0);
    if (operation instanceof Operation.Combine combine) {
      return "torch.%s(%s, %s)".formatted(function(combine.kind()), x, inputs.get(1));
    } else if (operation instanceof Operation.Cut cut) {
      return cut(cut, x, shapes.get(0));
    } else if (operation instanceof Operation.Pad pad) {
      return pad(pad, x);
    } else if (operation instanceof Operation.Rearrange rearrange) {
      return rearranged(rearrange, x);
    } else if (operation instanceof Operation.Reduce reduce) {
      return reduced(reduce, x);
    } else if (operation instanceof Operation.ResponseNorm norm) {
      return responseNorm(norm, x);
    } else if (operation instanceof Operation.Prelu) {
      return "torch.prelu(%s, %s)".formatted(x, weight.apply("weight"));
    } else if (operation instanceof Operation.Shift) {
      return "torch.add(%s, %s)".formatted(x, weight.apply("bias"));
    } else if (operation instanceof Operation.ChannelNorm norm) {
      // the channels are last behind it, also of vectors
      return Text.of(
          "torch.transpose(torch.layer_norm(torch.transpose(%s, 1, -1), [%d], %s, %s, %s, False),"
              + " 1, -1)",
          x, norm.channels(), weight.apply("weight"), weight.apply("bias"), norm.eps());
    } else if (operation instanceof Operation.GroupNorm norm) {
      // channels last it takes the variance from sums of squares, which cancel on nearly flat maps
      return Text.of(
          "torch.group_norm(torch.contiguous(%s), %d, %s, %s, %s, False)",
          x, norm.groups(), weight.apply("weight"), weight.apply("bias"), norm.eps());
    } else if (operation instanceof Operation.Softmax) {
      return "torch.softmax(%s, 1, None)".formatted(x);
    } else if (operation instanceof Operation.Resize resize) {
      return resized(resize, x);
    } else if (operation instanceof TokenOperation tokens) {
      return tokens(tokens, inputs);
    }
    throw new IllegalStateException("no script for " + operation);
  }

  private static String resized(Operation.Resize resize, String x) {
    String size = Text.of("[%d, %d]", resize.height(), resize.width());
    String corners = resize.corners() ? "True" : "False";
    return switch (resize.by()) {
      case NEAREST -> "torch.upsample_nearest2d(%s, %s, None, None)".formatted(x, size);
      case LINEAR ->
          "torch.upsample_bilinear2d(%s, %s, %s, None, None)".formatted(x, size, corners);
      case CUBIC -> "torch.upsample_bicubic2d(%s, %s, %s, None, None)".formatted(x, size, corners);
    };
  }

  private String tokens(TokenOperation operation, List<String> inputs) {
    String x = inputs.get(0);
    if (operation instanceof TokenOperation.Product product) {
      String of = "torch.matmul(%s, %s)".formatted(x, inputs.get(1));
      return product.scale() == 1 ? of : "torch.mul(%s, %s)".formatted(of, product.scale());
    } else if (operation instanceof TokenOperation.RowSoftmax) {
      return "torch.softmax(%s, 3, None)".formatted(x);
    } else if (operation instanceof TokenOperation.Join join) {
      return Text.of("torch.cat([%s], %d)", String.join(", ", inputs), join.axis().dimension());
    } else if (operation instanceof TokenOperation.Pick pick) {
      return Text.of(
          "torch.index_select(%1$s, %2$d, torch.tensor(%3$s, dtype=4,"
              + " device=ops.prim.device(%1$s)))",
          x, pick.axis().dimension(), pick.indices());
    } else if (operation instanceof TokenOperation.Known known) {
      FeatureShape shape = known.shape();
      return Text.of(
          "torch.expand(%s, [torch.size(%s, 0), %d, %d, %d])",
          weight.apply("value"), x, shape.channels(), shape.height(), shape.width());
    }
    throw new IllegalStateException("no script for " + operation);
  }

  private static String function(Operation.Combine.Kind kind) {
    return switch (kind) {
      case ADD -> "add";
      case SUB -> "sub";
      case MUL -> "mul";
      case DIV -> "div";
      case MAX -> "max";
      case MIN -> "min";
    };
  }

  private static String cut(Operation.Cut cut, String x, FeatureShape shape) {
    List<Operation.Range> ranges = List.of(cut.channels(), cut.rows(), cut.columns());
    int[] sizes = {shape.channels(), shape.height(), shape.width()};
    String text = x;
    for (int i = 0; i < 3; i++) {
      Operation.Range r = ranges.get(i);
      if (!r.equals(Operation.Range.all(sizes[i]))) {
        text = Text.of("torch.slice(%s, %d, %d, %d, %d)", text, i + 1, r.from(), r.to(), r.step());
      }
    }
    return text;
  }

  private String pad(Operation.Pad pad, String x) {
    Padding mode = pad.mode().in(padding);
    String text = x;
    if (pad.rows().before() + pad.rows().after() + pad.columns().before() + pad.columns().after()
        > 0) {
      String sides =
          Text.of(
              "[%d, %d, %d, %d]",
              pad.columns().before(),
              pad.columns().after(),
              pad.rows().before(),
              pad.rows().after());
      String how = mode == Padding.ZERO ? "constant" : mode.label();
      text = "torch.pad(%s, %s, \"%s\", None)".formatted(text, sides, how);
    }
    return pad.channels().before() + pad.channels().after() == 0
        ? text
        : Text.of(
            "torch.pad(%s, [0, 0, 0, 0, %d, %d], \"constant\", None)",
            text, pad.channels().before(), pad.channels().after());
  }

  private static String rearranged(Operation.Rearrange r, String x) {
    List<Integer> split = new ArrayList<>(List.of(-1));
    split.addAll(r.split());
    List<Integer> order = new ArrayList<>(List.of(0));
    r.order().forEach(i -> order.add(i + 1));
    return Text.of(
        "torch.reshape(torch.permute(torch.reshape(%s, %s), %s), [-1, %d, %d, %d])",
        x, split, order, r.shape().channels(), r.shape().height(), r.shape().width());
  }

  private static String reduced(Operation.Reduce reduce, String x) {
    String dims = reduce.over() == Operation.Reduce.Over.CHANNELS ? "[1]" : "[2, 3]";
    return switch (reduce.how()) {
      case MEAN -> "torch.mean(%s, %s, True, dtype=None)".formatted(x, dims);
      case SUM -> "torch.sum(%s, %s, True, dtype=None)".formatted(x, dims);
      case LOG_SUM_EXP -> "torch.logsumexp(%s, %s, True)".formatted(x, dims);
      case MAX -> "torch.amax(%s, %s, True)".formatted(x, dims);
      case MIN -> "torch.amin(%s, %s, True)".formatted(x, dims);
    };
  }

  private static String responseNorm(Operation.ResponseNorm norm, String x) {
    int before = (norm.size() - 1) / 2;
    int after = norm.size() - 1 - before;
    String squares =
        Text.of(
            "torch.pad(torch.unsqueeze(torch.mul(%s, %s), 1), [0, 0, 0, 0, %d, %d], \"constant\","
                + " None)",
            x, x, before, after);
    String mean =
        Text.of(
            "torch.squeeze(torch.avg_pool3d(%s, [%d, 1, 1], [1, 1, 1], [0, 0, 0], False, True,"
                + " None), 1)",
            squares, norm.size());
    return "torch.div(%s, torch.pow(torch.add(torch.mul(%s, %s), %s), %s))"
        .formatted(x, mean, norm.alpha(), norm.bias(), norm.beta());
  }

  /**
   * Activations as expressions of TorchScript, computed in place where nothing else needs the
   * input.
   */
  public static final class ActivationScript {
    /**
     * The activations whose derivative follows from the output, so that the input may be
     * overwritten.
     */
    private static final Set<Activation.Kind> OVERWRITING =
        Set.of(Activation.Kind.RELU, Activation.Kind.CLIP);

    private ActivationScript() {}

    /**
     * The activation of {@code x}.
     *
     * @param overwrite whether the value of {@code x} is not needed any more
     */
    public static String of(Activation activation, String x, boolean overwrite) {
      String in = overwrite && OVERWRITING.contains(activation.kind()) ? "_" : "";
      List<Double> p = activation.parameters();
      return switch (activation.kind()) {
        case RELU -> "torch.relu%s(%s)".formatted(in, x);
        case CLIP -> clip(x, in, p.get(0), p.get(1));
        case LEAKY_RELU -> "torch.leaky_relu(%s, %s)".formatted(x, p.get(0));
        case ELU -> "torch.elu(%s, %s, 1.0, 1.0)".formatted(x, p.get(0));
        case SIGMOID -> "torch.sigmoid(%s)".formatted(x);
        case HARD_SIGMOID ->
            "torch.clamp(torch.add(torch.mul(%s, %s), %s), 0, 1)".formatted(x, p.get(0), p.get(1));
        case TANH -> "torch.tanh(%s)".formatted(x);
        case HARD_SWISH -> "torch.hardswish(%s)".formatted(x);
        case SILU -> "torch.silu(%s)".formatted(x);
        case GELU -> "torch.gelu(%s)".formatted(x);
        case GELU_TANH -> geluTanh(x);
        case MISH -> "torch.mish(%s)".formatted(x);
        case SOFTPLUS -> "torch.softplus(%s, 1, 20)".formatted(x);
        case ABS -> "torch.abs(%s)".formatted(x);
        case SQRT -> "torch.sqrt(%s)".formatted(x);
        case EXP -> "torch.exp(%s)".formatted(x);
        case LOG -> "torch.log(%s)".formatted(x);
        case SOFTSIGN -> "torch.div(%s, torch.add(torch.abs(%s), 1.0))".formatted(x, x);
        case POWER -> "torch.pow(%s, %s)".formatted(x, p.get(0));
      };
    }

    private static String clip(String x, String in, double lowest, double highest) {
      return Double.isInfinite(lowest) || Double.isInfinite(highest)
          ? "torch.clamp(%s, %s, %s)".formatted(x, bound(lowest), bound(highest))
          : "torch.hardtanh%s(%s, %s, %s)".formatted(in, x, lowest, highest);
    }

    // the operators of this archive's version have no approximate gelu
    private static String geluTanh(String x) {
      String inner = "torch.add(%1$s, torch.mul(torch.pow(%1$s, 3), 0.044715))".formatted(x);
      return "torch.mul(torch.mul(%s, 0.5), torch.add(torch.tanh(torch.mul(%s, %s)), 1))"
          .formatted(x, inner, Math.sqrt(2 / Math.PI));
    }

    private static String bound(double value) {
      return Double.isInfinite(value) ? "None" : Double.toString(value);
    }
  }

  /**
   * TorchScript for logits of several classes as the logit against the target: {@code
   * logsumexp(others) - logsumexp(cats)}, which neither overflows nor loses precision for p(target)
   * near 0 or 1; in float64.
   */
  public static final class LogitScript {
    private LogitScript() {}

    /** An expression of shape N x 1 for {@code x} of shape N x classes. */
    public static String of(String x, Layer.ClassLogit logit) {
      return "torch.sub(%s, %s)".formatted(sum(x, logit.others()), sum(x, logit.cat()));
    }

    private static String sum(String x, List<Integer> classes) {
      List<String> slices = new ArrayList<>();
      for (int from = 0, to; from < classes.size(); from = to) {
        to = from + 1;
        while (to < classes.size() && classes.get(to) == classes.get(to - 1) + 1) {
          to++;
        }
        slices.add(
            Text.of(
                "torch.slice(%s, 1, %d, %d, 1)", x, classes.get(from), classes.get(to - 1) + 1));
      }
      return "torch.logsumexp(torch.to(torch.cat([%s], 1), 7), [1], True)"
          .formatted(String.join(", ", slices));
    }
  }
}
