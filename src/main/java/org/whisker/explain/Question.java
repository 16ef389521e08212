package org.whisker.explain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The fifteen suspected causes, as questions, with all that may be said of each. The sentences are
 * about what was measured; which one is true is for {@link VerdictText} to find in the statistics.
 */
public enum Question {
  GEOMETRY(
      "Is it only that most pixels lie near an edge?",
      "the edge index of evolved images against that of random pixels, ½ on any canvas",
      "the area near the edges",
      "evolved pixels lie where random pixels would",
      "evolved pixels lie where random pixels would",
      "evolved pixels do not lie where random pixels would"),
  OPERATORS(
      "Do crossover and mutation prefer the edge by themselves?",
      "evolution under a flat fitness, where nothing but the operators moves pixels",
      "the operators",
      "the operators alone put pixels near the edge",
      "under a flat fitness the operators prefer no place",
      "under a flat fitness the operators put pixels nearer the centre"),
  FOUNDERS(
      "Does it depend on where evolution starts?",
      "started or held in the middle, then free, against started anywhere",
      "the start of evolution",
      "started elsewhere, evolution ends elsewhere",
      "started elsewhere, evolution ends in the same places",
      "started elsewhere, evolution ends further from that start"),
  SAFE_HARBOUR(
      "Do pixels end at the edge because there they do no harm?",
      "evolution on the logit less what a black pixel costs by its distance from the border",
      "the price of the centre",
      "without the price of the centre, pixels move inwards",
      "without the price of the centre, pixels lie as near the edge",
      "without the price of the centre, pixels lie still nearer the edge"),
  LANDSCAPE(
      "Does one pixel alone already tell where evolution puts its pixels?",
      "the effect of one black pixel everywhere, against where evolved pixels lie",
      "single-pixel effects",
      "evolved pixels lie where one pixel alone already helps most",
      "evolved pixels lie without regard to what one pixel alone does",
      "evolved pixels lie where one pixel alone helps least"),
  PADDING(
      "Is it the contrast of zero padding with white?",
      "the same weights with another padding, evolved from the same seeds",
      "zero padding",
      "with another padding, pixels move inwards",
      "with another padding, pixels lie as near the edge",
      "with another padding, pixels lie still nearer the edge"),
  BACKGROUND(
      "Is it that white is far from the padding's value?",
      "the same search on another background",
      "the white background",
      "on another background, pixels move inwards",
      "on another background, pixels lie as near the edge",
      "on another background, pixels lie still nearer the edge"),
  CANVAS_BORDER(
      "Is it the edge of the canvas?",
      "a white margin around the area that may change, E measured within that area",
      "the edge of the canvas",
      "kept away from the canvas's edge, pixels no longer seek the edge of their area",
      "kept away from the canvas's edge, pixels seek the edge of their area as much",
      "kept away from the canvas's edge, pixels seek the edge of their area still more"),
  TRAINING_CENTRE(
      "Is it that cats sit in the middle of the photos it was trained on?",
      "the network trained again on photos whose cats are moved about",
      "centred training photos",
      "trained on cats anywhere, the network draws pixels less to the edge",
      "trained on cats anywhere, the network draws pixels as near the edge",
      "trained on cats anywhere, the network draws pixels still nearer the edge"),
  FOVEATION(
      "Do pixels lie where more paths lead into the network (the centre)?",
      "how many paths lead from each pixel, against where evolved pixels lie",
      "path counts",
      "evolved pixels lie where many paths lead into the network",
      "evolved pixels lie without regard to how many paths lead from there",
      "evolved pixels lie where few paths lead into the network"),
  RECEPTIVE_FIELD(
      "Does the network look most at the centre?",
      "where the gradient has its energy, trained and with random weights",
      "effective receptive fields",
      "the gradient has more energy in the centre, as effective receptive fields have",
      "the gradient's energy lies no nearer the centre",
      "the gradient has more energy near the edge, not in the centre"),
  LOCATION_TIED(
      "Does a pattern work only where it is?",
      "evolved patterns rolled to other places as they are",
      "patterns tied to their place",
      "a pattern that is moved loses its evidence for a cat",
      "a pattern that is moved keeps its evidence for a cat",
      "a pattern that is moved gains evidence for a cat"),
  STRIDE_PARITY(
      "Do strides and uneven padding prefer some rows or columns?",
      "evolved pixels by x and y modulo the strides, and by halves of the canvas",
      "strides",
      "evolved pixels prefer some rows or columns",
      "evolved pixels prefer no half of the canvas",
      "evolved pixels spread over rows and columns more evenly than chance"),
  HEAD(
      "Is it a fully connected head that ties weights to places?",
      "the same network with a flattening head and with global pooling",
      "the fully connected head",
      "with the other head, pixels move inwards",
      "with the other head, pixels lie as near the edge",
      "with the other head, pixels lie still nearer the edge"),
  RESIZE(
      "Is it interpolation when images are resized?",
      "images that evolve at another size and are resized on their way",
      "resizing",
      "resized on their way, images have their pixels nearer the edge",
      "resized on their way, images have their pixels as near the edge",
      "resized on their way, images have their pixels further from the edge");

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

  /** The question whose id that is. */
  public static Optional<Question> find(String id) {
    return Arrays.stream(values()).filter(q -> q.id().equals(id)).findFirst();
  }

  /** As options and tables call it, such as {@code safe-harbour}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String question() {
    return question;
  }

  /** What is done to answer it, in one line. */
  public String experiment() {
    return experiment;
  }

  /** The suspected cause, to stand within a sentence. */
  public String cause() {
    return cause;
  }

  /** What counts once in its statistics: where networks are trained, a network. */
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
