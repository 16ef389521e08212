package org.whisker.explain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The suspected causes as questions, with the possible answers to each. The answers describe what
 * was measured; {@link VerdictText} selects one by the statistics.
 */
public enum Question {
  GEOMETRY(
      "Is it only that most pixels lie near an edge?",
      "the edge index of evolved images against that of the same search without a positional"
          + " preference: the network sees every image rolled by a random offset",
      "the area near the edges",
      "evolved pixels lie where the same search without a preference puts them",
      "evolved pixels lie where the same search without a preference puts them",
      "evolved pixels do not lie where the same search without a preference puts them"),
  UNIFORMITY(
      "Do pixels prefer any positions at all?",
      "the density of evolved pixels over blocks of the canvas, against the same patterns shifted",
      "a preference for positions",
      "evolved pixels prefer some positions",
      "evolved pixels prefer no positions",
      "evolved pixels are spread over the canvas more evenly than by chance"),
  SIDES(
      "Do pixels prefer one side?",
      "the shares of evolved pixels in the left and right half, and in the top and bottom one",
      "a preference for one side",
      "evolved pixels prefer one half of the canvas",
      "evolved pixels prefer no half of the canvas",
      "evolved pixels prefer no half of the canvas"),
  OPERATORS(
      "Do crossover and mutation prefer the edge by themselves?",
      "evolution under a flat fitness, where only the operators act",
      "the operators",
      "the operators alone put pixels near the edge",
      "under a flat fitness the operators have no positional bias",
      "under a flat fitness the operators put pixels nearer the centre"),
  SEARCH(
      "Is it that the search adds one pixel at a time?",
      "the question's search against a stronger one, at equal p(cat), each less itself on rolled"
          + " images",
      "the search's single steps",
      "a stronger search puts the pixels further inwards",
      "a stronger search puts the pixels in the same places",
      "a stronger search puts the pixels still nearer the edge"),
  FOUNDERS(
      "Does it depend on where evolution starts?",
      "started or held in the centre and then released, against started anywhere",
      "the start of evolution",
      "started elsewhere, evolution ends elsewhere",
      "started elsewhere, evolution ends in the same places",
      "started elsewhere, evolution ends further from that start"),
  SAFE_HARBOUR(
      "Do pixels end at the edge because they do no harm there?",
      "evolution with a refund of each black pixel's own penalty, against the same refunds shuffled"
          + " over the canvas",
      "the penalty of the centre",
      "without the penalty of the centre, pixels move inwards",
      "without the penalty of the centre, pixels lie as near the edge",
      "without the penalty of the centre, pixels lie even nearer the edge"),
  LANDSCAPE(
      "Do the effects of single pixels already predict where evolution puts its pixels?",
      "the effect of one black pixel at each position, against where evolved pixels lie among"
          + " positions at equal distance from the border",
      "single-pixel effects",
      "evolved pixels lie where a single pixel helps most",
      "evolved pixels lie independently of the effects of single pixels",
      "evolved pixels lie where a single pixel helps least"),
  PADDING(
      "Is it the contrast of zero padding with white?",
      "the same weights with another padding, evolved from the same seeds",
      "zero padding",
      "with another padding, pixels move inwards",
      "with another padding, pixels lie as near the edge",
      "with another padding, pixels lie even nearer the edge"),
  BACKGROUND(
      "Is it that white is far from the padding's value?",
      "the same search on another background",
      "the white background",
      "on another background, pixels move inwards",
      "on another background, pixels lie as near the edge",
      "on another background, pixels lie even nearer the edge"),
  CANVAS_BORDER(
      "Is it the edge of the canvas?",
      "a white margin around the area that may change, E measured within that area",
      "the edge of the canvas",
      "kept away from the edge of the canvas, pixels no longer accumulate at the edge of their"
          + " area",
      "kept away from the edge of the canvas, pixels accumulate at the edge of their area as much",
      "kept away from the edge of the canvas, pixels accumulate at the edge of their area even"
          + " more"),
  TRAINING_CENTRE(
      "Is it that cats are in the middle of the training photos?",
      "the network retrained on photos that are shifted at random",
      "centred training photos",
      "trained on cats at any position, the network draws pixels less to the edge",
      "trained on cats at any position, the network draws pixels as near the edge",
      "trained on cats at any position, the network draws pixels even nearer the edge"),
  FOVEATION(
      "Do pixels lie where more paths lead into the network?",
      "the number of paths from each pixel, against where evolved pixels lie among positions at"
          + " equal distance from the border",
      "path counts",
      "evolved pixels lie where many paths lead into the network",
      "evolved pixels lie independently of the number of paths",
      "evolved pixels lie where few paths lead into the network"),
  RECEPTIVE_FIELD(
      "Is the network most sensitive at the centre?",
      "the distribution of the trained network's gradient energy, against a uniform one",
      "effective receptive fields",
      "the gradient has more energy in the centre, as effective receptive fields predict",
      "the gradient's energy lies no nearer the centre",
      "the gradient has more energy near the edge, not in the centre"),
  LEARNED_FIELD(
      "Has training made the network more sensitive at the centre?",
      "the distribution of gradient energy, trained against random weights",
      "sensitivity at the centre by training",
      "trained, the gradient's energy lies nearer the centre than with random weights",
      "trained, the gradient's energy lies as near the centre as with random weights",
      "trained, the gradient's energy lies nearer the edge than with random weights"),
  LOCATION_TIED(
      "Does a pattern work only at its location?",
      "evolved patterns rolled by multiples of the network's stride, relative to scattered pixels",
      "patterns tied to their location",
      "a moved pattern loses evidence for cat",
      "a moved pattern keeps its evidence for cat",
      "a moved pattern gains evidence for cat"),
  STRIDE_PARITY(
      "Do strides and uneven padding prefer some rows or columns?",
      "evolved pixels by x and y modulo the network's strides, with other moduli as placebos",
      "strides",
      "evolved pixels prefer some rows or columns modulo a stride",
      "evolved pixels are spread over rows and columns as by chance",
      "evolved pixels are spread over rows and columns more evenly than by chance"),
  HEAD(
      "Is it a fully connected head, whose weights depend on position?",
      "the same network with a flattening head and with global pooling",
      "the fully connected head",
      "with the other head, pixels move inwards",
      "with the other head, pixels lie as near the edge",
      "with the other head, pixels lie even nearer the edge"),
  RESIZE(
      "Is it interpolation when images are resized?",
      "images that evolve at another size and are then resized",
      "resizing",
      "resized images have their pixels nearer the edge",
      "resized images have their pixels as near the edge",
      "resized images have their pixels further from the edge");

  private final String question;
  private final String experiment;
  private final String cause;
  private final String supported;
  private final String equivalent;
  private final String otherWay;

  Question(
      String question,
      String experiment,
      String cause,
      String supported,
      String equivalent,
      String otherWay) {
    this.question = question;
    this.experiment = experiment;
    this.cause = cause;
    this.supported = supported;
    this.equivalent = equivalent;
    this.otherWay = otherWay;
  }

  /** The question with this id. */
  public static Optional<Question> find(String id) {
    return Arrays.stream(values()).filter(q -> q.id().equals(id)).findFirst();
  }

  /** Name in options and tables, such as {@code safe-harbour}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String question() {
    return question;
  }

  /** The experiment, in one line. */
  public String experiment() {
    return experiment;
  }

  /** The suspected cause, as part of a sentence. */
  public String cause() {
    return cause;
  }

  /** The statistical units: runs, or networks if these are trained. */
  public String units() {
    return this == TRAINING_CENTRE || this == HEAD ? "networks" : "runs";
  }

  String supported() {
    return supported;
  }

  String equivalent() {
    return equivalent;
  }

  String otherWay() {
    return otherWay;
  }
}
