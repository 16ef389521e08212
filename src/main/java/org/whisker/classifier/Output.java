package org.whisker.classifier;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.whisker.io.ClassWords;
import org.whisker.network.Layer;
import org.whisker.value.Checks;
import org.whisker.value.Labelled;
import org.whisker.value.Text;

/**
 * The meaning of a network's outputs, and hence how they are converted to the one logit against the
 * target.
 *
 * @param form the form of the outputs
 * @param size number of outputs
 * @param cat the classes that are cats, ascending; for a single output, which is about class 1, the
 *     class (0 or 1) that is cat
 * @param target what these classes are called: {@value #CAT} unless the network is asked for
 *     something else, which then stands in the place of cat everywhere
 * @param against the classes that they are held against, ascending; empty for all others
 */
public record Output(Form form, int size, List<Integer> cat, String target, List<Integer> against) {
  /** What whisker's own models are asked for. */
  public static final String CAT = "cat";

  /** The output of whisker's own models. */
  public static final Output NOT_CAT_LOGIT = new Output(Form.LOGIT, 1, List.of(0));

  private static final int LONGEST = 60;
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9 _.-]{0,59}";

  private static final Pattern LABEL =
      Pattern.compile(
          "(?:sigmoid (logit|probability) of (?:not-)?"
              + NAME
              + "|logits of (\\d{1,9}) classes)"
              + ", ("
              + NAME
              + ") = class(?:es)? (\\d{1,9}(?:,\\d{1,9})*)(?: against (\\d{1,9}(?:,\\d{1,9})*))?");

  public enum Form implements Labelled {
    /** One probability, that of class 1. */
    SIGMOID("sigmoid"),
    /** One logit, that of class 1. */
    LOGIT("logit"),
    /** Logits of a softmax, one per class. */
    LOGITS("logits");

    private final String label;

    Form(String label) {
      this.label = label;
    }

    /** The word by which options name it. */
    @Override
    public String label() {
      return label;
    }

    /**
     * The form of that label.
     *
     * @throws IllegalArgumentException for another word, listing these
     */
    public static Form parse(String label) {
      return Labelled.find(values(), label)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "an output is sigmoid, logit or logits, not '" + label + "'"));
    }
  }

  /** An output asked for cats, against all other classes. */
  public Output(Form form, int size, List<Integer> cat) {
    this(form, size, cat, CAT);
  }

  /** An output that holds the wanted classes against all others. */
  public Output(Form form, int size, List<Integer> cat, String target) {
    this(form, size, cat, target, List.of());
  }

  public Output {
    Objects.requireNonNull(form, "form");
    Checks.require(
        target.matches(NAME),
        "a class is named by up to 60 letters, digits, spaces, '_', '.' and '-', not '%s'",
        target);
    cat = cat.stream().sorted().distinct().toList();
    Checks.refuse(cat.isEmpty(), "no class is %s; name one at least", target);
    boolean single = form != Form.LOGITS;
    int classes = single ? 2 : size;
    if (single ? size != 1 : size < 2) {
      throw new IllegalArgumentException(
          Text.of(
              "%s needs %s, not %d",
              form.label(), single ? "one output" : "two outputs at least", size));
    }
    for (int each : cat) {
      if (each < 0 || each >= classes) {
        throw new IllegalArgumentException(
            Text.of("class %d is none of the %d classes (0 to %d)", each, classes, classes - 1));
      }
    }
    against = against.stream().sorted().distinct().toList();
    Checks.refuse(
        against.stream().anyMatch(each -> each < 0 || each >= classes || single),
        "%s can't be held against %s",
        against,
        target);
    Checks.refuse(
        against.stream().anyMatch(cat::contains), "%s can't be held against itself", target);
    Checks.refuse(cat.size() == classes, "all %s classes are %s; name fewer", classes, target);
  }

  /** Whether the network's own output is the logit against the target already. */
  public boolean isNotCatLogit() {
    return form == Form.LOGIT && !isAboutCat();
  }

  /** Whether a single output is about cat: class 1 is cat. */
  public boolean isAboutCat() {
    return form != Form.LOGITS && cat.get(0) == 1;
  }

  /** The words in which a model card names it. */
  public String label() {
    String what =
        ", "
            + target
            + (cat.size() == 1 ? " = class " : " = classes ")
            + joined(cat)
            + (against.isEmpty() ? "" : " against " + joined(against));
    String about = isAboutCat() ? target : "not-" + target;
    return switch (form) {
      case LOGIT -> "sigmoid logit of " + about + what;
      case SIGMOID -> "sigmoid probability of " + about + what;
      case LOGITS -> "logits of " + size + " classes" + what;
    };
  }

  private static String joined(List<Integer> classes) {
    return classes.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** The layer that makes the one logit of several. */
  public Layer.ClassLogit logit() {
    return new Layer.ClassLogit(size, cat, against);
  }

  /**
   * Parses a label.
   *
   * @throws IllegalArgumentException if it is not a label
   */
  public static Output parse(String label) {
    Matcher matcher = LABEL.matcher(label);
    Output output = matcher.matches() ? of(matcher) : NOT_CAT_LOGIT;
    if (!output.label().equals(label)) {
      throw new IllegalArgumentException(
          "'%s' is no output; it is like '%s'".formatted(label, NOT_CAT_LOGIT.label()));
    }
    return output;
  }

  private static Output of(Matcher matcher) {
    List<Integer> cat = indices(matcher.group(4));
    List<Integer> against = matcher.group(5) == null ? List.of() : indices(matcher.group(5));
    String target = matcher.group(3);
    String single = matcher.group(1);
    if (single == null) {
      return new Output(Form.LOGITS, Integer.parseInt(matcher.group(2)), cat, target, against);
    }
    return new Output(single.equals("logit") ? Form.LOGIT : Form.SIGMOID, 1, cat, target);
  }

  private static List<Integer> indices(String text) {
    return Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
  }

  /** Whether it is asked for cats. */
  public boolean isOfCat() {
    return target.equals(CAT);
  }

  /** Returns the same outputs asked for other classes, held against all the rest. */
  public Output of(List<Integer> classes, String name) {
    return new Output(form, size, classes, name);
  }

  /**
   * Returns an output that holds these classes against those of {@code other}; it is called {@code
   * NAME against OTHER}.
   */
  Output against(Output other) {
    String both = target + ClassWords.AGAINST + other.target;
    if (both.length() > LONGEST) {
      throw new IllegalArgumentException(
          "give '" + target + "' and '" + other.target + "' shorter names, as in dog=207");
    }
    return new Output(form, size, cat, both, other.cat);
  }
}
