package org.whisker.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Finds a view of another shape, splitting factors where the shape asks for it. */
final class Regrouping {
  /** A factor under way: where it came from, and the sizes into which it is split. */
  private static final class Piece {
    private final int axis;
    private final int from;
    private int size;
    private int index;

    Piece(int axis, int from, int size) {
      this.axis = axis;
      this.from = from;
      this.size = size;
    }
  }

  private final View view;
  private final List<List<Piece>> own = new ArrayList<>();
  private final Deque<Piece> open = new ArrayDeque<>();

  Regrouping(View view) {
    this.view = view;
    for (int axis = 0; axis < 3; axis++) {
      List<Piece> pieces = new ArrayList<>();
      for (int i = 0; i < view.own().get(axis).size(); i++) {
        pieces.add(new Piece(axis, i, view.own().get(axis).get(i)));
      }
      own.add(pieces);
    }
    for (View.Factor factor : view.factors(0, view.rank())) {
      open.add(own.get(factor.axis()).get(factor.index()));
    }
  }

  Optional<View> into(int[] target) {
    List<List<Piece>> dims = new ArrayList<>();
    for (int size : target) {
      List<Piece> dim = new ArrayList<>();
      if (!fill(size, dim)) {
        return Optional.empty();
      }
      dims.add(dim);
    }
    return open.isEmpty() ? Optional.of(finished(dims)) : Optional.empty();
  }

  private boolean fill(int size, List<Piece> dim) {
    int left = size;
    while (left > 1) {
      Piece next = open.poll();
      if (next == null) {
        return false;
      }
      if (left % next.size != 0) {
        if (next.size % left != 0) {
          return false;
        }
        split(next, left);
      }
      left /= next.size;
      dim.add(next);
    }
    return left == 1;
  }

  private void split(Piece piece, int outer) {
    Piece rest = new Piece(piece.axis, piece.from, piece.size / outer);
    piece.size = outer;
    List<Piece> pieces = own.get(piece.axis);
    pieces.add(pieces.indexOf(piece) + 1, rest);
    open.push(rest);
  }

  private View finished(List<List<Piece>> dims) {
    for (List<Piece> pieces : own) {
      for (int i = 0; i < pieces.size(); i++) {
        pieces.get(i).index = i;
      }
    }
    return new View(
        view.node(),
        own.stream().map(pieces -> pieces.stream().map(p -> p.size).toList()).toList(),
        dims.stream()
            .map(dim -> dim.stream().map(p -> new View.Factor(p.axis, p.index)).toList())
            .toList());
  }
}
