import org.whisker.network.Activation;
import org.whisker.network.Operation.Combine;
import org.whisker.onnx.OnnxOperator;
import org.whisker.onnx.graph.GraphNode;

/**
 * An operator of ONNX: Shrink with equal {@code lambd} and {@code bias} l, which is x less x held
 * to -l and l.
 */
public final class SoftShrink implements OnnxOperator {
  @Override
  public String name() {
    return "Shrink";
  }

  @Override
  public int since() {
    return 9;
  }

  @Override
  public int read(GraphNode node, int x, Layers layers) {
    double lambd = node.number("lambd", 0.5);
    double bias = node.number("bias", 0);
    if (lambd != bias) {
      throw new IllegalArgumentException("a lambd of %s and a bias of %s".formatted(lambd, bias));
    }
    int held = layers.add(Activation.clip(-lambd, lambd), x);
    return layers.add(new Combine(Combine.Kind.SUB), x, held);
  }
}
