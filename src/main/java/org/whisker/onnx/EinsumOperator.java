package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.whisker.onnx.Scope.Value;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.value.Checks;

/**
 * Einstein's sums of one or two tensors: a letter names a dimension, and what the result does not
 * name is summed over. Two are transposed so that the sum is a product of matrices.
 */
record EinsumOperator(Scope scope, GraphNode node) {
  static List<Operator> all() {
    return List.of(
        Operator.named("Einsum")
            .since(12)
            .limits("of one or two tensors; letters alone, each once in a tensor")
            .mend("write it as transposes and MatMul")
            .reads((scope, node) -> List.of(new EinsumOperator(scope, node).read())));
  }

  private View read() {
    String equation = node.text("equation", "").replace(" ", "");
    String[] sides = equation.split("->", -1);
    Checks.refuse(
        sides.length != 2 || equation.contains("."), "the equation '%s' can't be read", equation);
    String[] terms = sides[0].split(",", -1);
    Checks.refuse(
        terms.length != node.inputs().size() || terms.length > 2,
        "the equation '%s' can't be read",
        equation);
    String out = sides[1];
    String first = terms[0];
    check(first, scope.value(node, 0));
    if (terms.length == 1) {
      Checks.require(
          first.length() == out.length(), "the equation '%s' sums over one tensor", equation);
      return transposed(scope.view(node, 0), first, out);
    }
    check(terms[1], scope.value(node, 1));
    return product(first, terms[1], out);
  }

  private static void check(String term, Value value) {
    Checks.refuse(
        term.length() != value.shape().length || term.chars().distinct().count() < term.length(),
        "'%s' does not name the dimensions of %s",
        term,
        Arrays.toString(value.shape()));
  }

  /** [batch, rows, inner] times [batch, inner, columns]. */
  private View product(String first, String second, String out) {
    String batch = letters(first, l -> second.indexOf(l) >= 0 && out.indexOf(l) >= 0);
    String inner = letters(first, l -> second.indexOf(l) >= 0 && out.indexOf(l) < 0);
    String rows = letters(first, l -> second.indexOf(l) < 0);
    String columns = letters(second, l -> first.indexOf(l) < 0);
    String made = batch + rows + columns;
    Checks.require(
        made.length() == out.length() && made.chars().allMatch(l -> out.indexOf(l) >= 0),
        "'%s,%s->%s' sums over one tensor alone",
        first,
        second,
        out);
    Map<Character, Integer> sizes = new HashMap<>();
    sizes(first, scope.value(node, 0), sizes);
    sizes(second, scope.value(node, 1), sizes);
    View a = matrices(0, first, List.of(batch, rows, inner), sizes);
    View b = matrices(1, second, List.of(batch, inner, columns), sizes);
    View all = LinearOperators.product(scope, a, b);
    int[] shape = made.chars().map(l -> size(sizes, l)).toArray();
    return transposed(scope.layout().reshaped(all, shape), made, out);
  }

  private static String letters(String of, IntPredicate wanted) {
    return of.chars()
        .filter(wanted)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static void sizes(String term, Value value, Map<Character, Integer> to) {
    for (int i = 0; i < term.length(); i++) {
      Integer other = to.put(term.charAt(i), value.shape()[i]);
      Checks.refuse(
          other != null && other != value.shape()[i], "'%s' has two sizes", term.charAt(i));
    }
  }

  private static int size(Map<Character, Integer> sizes, int letter) {
    return sizes.getOrDefault((char) letter, 1);
  }

  private View matrices(int input, String term, List<String> parts, Map<Character, Integer> sizes) {
    View x =
        scope.value(node, input) instanceof Constant known
            ? scope.layout().known(known, other(input).node())
            : scope.view(node, input);
    int[] shape =
        parts.stream()
            .mapToInt(part -> part.chars().map(l -> size(sizes, l)).reduce(1, Math::multiplyExact))
            .toArray();
    return scope.layout().reshaped(transposed(x, term, String.join("", parts)), shape);
  }

  private View other(int input) {
    return scope.view(node, 1 - input);
  }

  private static View transposed(View x, String from, String to) {
    List<Integer> order = new ArrayList<>();
    to.chars().forEach(letter -> order.add(from.indexOf(letter)));
    return x.transposed(order.stream().mapToInt(Integer::intValue).toArray());
  }
}
