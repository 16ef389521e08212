package org.whisker.training;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Node;
import org.whisker.network.Parameter;
import org.whisker.torch.TrainingStep;
import org.whisker.weights.Tensor;
import org.whisker.weights.Weights;

/**
 * A network while it is taught a teacher's features: its last linear layer has outputs for them
 * beside the logit, which is the first. What is kept of it has the logit alone.
 */
final class Student {
  private Student() {}

  /** What is trained: the task's network, with outputs for the features that are taught. */
  static Network network(TrainingTask task) {
    Network network = task.network();
    int features = task.teacher().map(Teacher::features).orElse(0);
    if (features == 0) {
      return network;
    }
    Node last = network.output();
    if (!(last.layer() instanceof Layer.Linear linear)) {
      throw new IllegalArgumentException(
          network.name() + " ends in " + last.name() + ", not in a linear layer");
    }
    Layer wider = new Layer.Linear(linear.in(), linear.out() + features);
    List<Node> nodes = new ArrayList<>(network.nodes());
    nodes.set(
        nodes.size() - 1,
        new Node(last.name(), wider, last.inputs(), wider.output(List.of(last.shape()))));
    return new Network(network.name(), nodes, network.stages(), network.padding());
  }

  static TrainingStep.Loss loss(Teacher teacher) {
    TrainingStep.Loss divergence = new TrainingStep.Loss.Divergence(teacher.how().temperature());
    return teacher.features() == 0
        ? divergence
        : new TrainingStep.Loss.WithFeatures(
            divergence, teacher.features(), teacher.how().featureWeight());
  }

  /**
   * The weights of the network with one logit, and zeros for the outputs of features: random ones
   * would begin with a loss that is all theirs.
   */
  static Weights begun(Weights single, Network network) {
    if (hasOneOutput(network.output())) {
      return single;
    }
    Map<String, Tensor> last = new TreeMap<>();
    for (Parameter wide : network.output().parameters()) {
      FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(wide.size()));
      values.put(single.floats(wide.name())).rewind();
      last.put(wide.name(), new Tensor(wide.shape(), values));
    }
    return Weights.of(last).over(single);
  }

  /** The weights of the network with one logit, the first of this one's outputs. */
  static Weights model(Weights trained, Node output) {
    if (hasOneOutput(output)) {
      return trained; // fetched tensor by tensor as they are written
    }
    Map<String, Tensor> first = new TreeMap<>();
    for (Parameter wide : output.parameters()) {
      List<Integer> shape = new ArrayList<>(wide.shape());
      int size = Math.toIntExact(wide.size() / shape.set(0, 1));
      first.put(wide.name(), new Tensor(shape, trained.floats(wide.name()).slice(0, size)));
    }
    return Weights.of(first).over(trained);
  }

  private static boolean hasOneOutput(Node output) {
    return output.shape().size() == 1;
  }
}
