package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.whisker.network.Layer;
import org.whisker.onnx.Draft.Step;
import org.whisker.weights.Weights.Tensor;

/** The nodes of a draft while they are rewritten: steps replaced, nodes left out. */
final class Rewriting {
  private final List<Draft.Entry> nodes;
  private final int[] alias;
  private int output;
  private boolean changed = true;

  Rewriting(Draft draft, int output) {
    this.nodes = new ArrayList<>(draft.nodes());
    this.alias = new int[nodes.size()];
    Arrays.setAll(alias, i -> i);
    this.output = output;
  }

  int size() {
    return nodes.size();
  }

  int output() {
    return at(output);
  }

  void output(int other) {
    output = other;
    changed = true;
  }

  /** The node that stands for one that may have been left out. */
  int at(int position) {
    int i = position;
    while (alias[i] != i) {
      i = alias[i];
    }
    return i;
  }

  Draft.Entry node(int position) {
    return nodes.get(at(position));
  }

  Step step(int position) {
    return node(position).step();
  }

  boolean leftOut(int position) {
    return alias[position] != position;
  }

  List<Integer> inputs(int position) {
    return node(position).inputs().stream().map(this::at).toList();
  }

  int input(int position) {
    return inputs(position).get(0);
  }

  /** Lets readers of one node read another from now on. */
  void leaveOut(int position, int instead) {
    changed = true;
    alias[at(position)] = at(instead);
  }

  void replace(int position, Step step, Map<String, Tensor> tensors, Integer... inputs) {
    Draft.Entry old = node(position);
    changed = true;
    nodes.set(
        at(position),
        new Draft.Entry(old.source(), step, List.of(inputs), old.shape(), tensors, old.flat()));
  }

  void replace(int position, Layer layer, Integer... inputs) {
    replace(position, new Step.Known(layer), Map.of(), inputs);
  }

  /** Whether something changed since this was last asked. */
  boolean changed() {
    boolean now = changed;
    changed = false;
    return now;
  }

  /** Which nodes the output needs. */
  boolean[] live() {
    boolean[] live = new boolean[nodes.size()];
    live[0] = true;
    live[output()] = true;
    for (int i = nodes.size() - 1; i > 0; i--) {
      if (live[i]) {
        inputs(i).forEach(from -> live[from] = true);
      }
    }
    return live;
  }

  /** The nodes that read each node and that the output needs. */
  List<List<Integer>> readers() {
    boolean[] live = live();
    List<List<Integer>> readers = new ArrayList<>();
    nodes.forEach(node -> readers.add(new ArrayList<>()));
    for (int i = 0; i < live.length; i++) {
      if (live[i] && !leftOut(i)) {
        for (int from : inputs(i)) {
          readers.get(from).add(i);
        }
      }
    }
    return readers;
  }
}
