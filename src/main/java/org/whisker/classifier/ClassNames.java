package org.whisker.classifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.whisker.io.AtomicFiles;
import org.whisker.io.CloseName;
import org.whisker.io.InputFile;
import org.whisker.value.Checks;

/**
 * What a network's classes are called, by their index; kept beside its card in {@value #FILE}, a
 * line each.
 *
 * @param names from class 0 on; empty where they are not known
 */
public record ClassNames(List<String> names) {
  /** The file in a model's folder. */
  public static final String FILE = "classes.txt";

  private static final long MOST_BYTES = 16L << 20;
  private static final int LONGEST = 60;

  /** Of a name as tables show it. */
  private static final int MOST_LETTERS = 1_000;

  /** An entry of JSON or of Python's text, as ImageNet's lists and ultralytics have it. */
  private static final Pattern ENTRY =
      Pattern.compile(
          "[\"']?(\\d{1,9})[\"']?\\s*:\\s*(?:\\[\\s*\"[^\"]*\"\\s*,\\s*)?"
              + "(?:\"([^\"]*)\"|'([^']*)')");

  private static final Pattern ITEM = Pattern.compile("\"([^\"]*)\"|'([^']*)'");
  private static final Pattern INDICES = Pattern.compile("\\d{1,9}(?:,\\d{1,9})*");

  public ClassNames {
    names = List.copyOf(names);
  }

  /** Reads the class names beside the model in {@code folder}; none if it has no file of them. */
  public static ClassNames of(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    return new ClassNames(
        Files.isRegularFile(file) ? lines(InputFile.text(file, MOST_BYTES)) : List.of());
  }

  /**
   * Reads a file of a name a line, a JSON list, or a JSON or Python dictionary by index.
   *
   * @throws IOException also when it names nothing
   */
  public static ClassNames read(Path file) throws IOException {
    ClassNames found = parse(InputFile.text(file, MOST_BYTES));
    if (found.names.isEmpty()) {
      throw new IOException(
          file + " doesn't name each class from 0 on once; write a name a line, from class 0 on");
    }
    return found;
  }

  /** Parses such a text; no names where it is something else. */
  public static ClassNames parse(String text) {
    String all = (text.startsWith("\ufeff") ? text.substring(1) : text).strip();
    if (all.startsWith("{")) {
      TreeMap<Integer, String> byIndex = new TreeMap<>();
      Matcher entries = ENTRY.matcher(all);
      int named = 0;
      for (; entries.find(); named++) {
        byIndex.put(Integer.valueOf(entries.group(1)), quoted(entries, 2));
      }
      boolean once = named == byIndex.size();
      boolean gapless = once && named > 0 && byIndex.lastKey() == named - 1;
      return new ClassNames(gapless ? List.copyOf(byIndex.values()) : List.of());
    }
    if (all.startsWith("[")) {
      List<String> items = new ArrayList<>();
      Matcher each = ITEM.matcher(all);
      while (each.find()) {
        items.add(quoted(each, 1));
      }
      return new ClassNames(items);
    }
    return new ClassNames(all.isEmpty() ? List.of() : lines(text));
  }

  /** A name a line; the first may be empty. */
  private static List<String> lines(String text) {
    return text.stripTrailing().lines().map(ClassNames::onOneLine).toList();
  }

  private static String quoted(Matcher found, int group) {
    String twice = found.group(group);
    return onOneLine(twice == null ? String.valueOf(found.group(group + 1)) : twice);
  }

  /** Or the lines of a file would be those of other classes; what moves a cursor is left out. */
  private static String onOneLine(String name) {
    String plain = name.replace("\ufeff", "").replaceAll("\\R|\\p{Cntrl}", " ").strip();
    return plain.length() <= MOST_LETTERS ? plain : plain.substring(0, MOST_LETTERS).strip() + "…";
  }

  /** Writes them into a model's folder; nothing where there are none. */
  public void write(Path folder) throws IOException {
    if (!names.isEmpty()) {
      AtomicFiles.write(folder.resolve(FILE), String.join("\n", names) + "\n");
    }
  }

  /** The name of a class; its number where it has none. */
  public String name(int index) {
    String name = index < names.size() ? names.get(index) : "";
    return name.isEmpty() ? "class " + index : name;
  }

  /**
   * Outputs asked for other classes.
   *
   * @param asked a class by its name or number, several numbers ({@code 207,208}), or numbers with
   *     a name of their own ({@code dog=207,208}); behind a colon, classes that these are held
   *     against, {@code dog:wolf}, in place of all others. Without anything before the colon, the
   *     outputs' own classes.
   * @throws IllegalArgumentException for what is none of the classes
   */
  public Output target(Output output, String asked) {
    int colon = asked.indexOf(':');
    if (colon >= 0) {
      String other = asked.substring(colon + 1);
      Checks.refuse(
          other.indexOf(':') >= 0, "'%s' has two colons; hold a class against one other", asked);
      Output own = colon == 0 ? output : target(output, asked.substring(0, colon));
      return own.against(target(output, other));
    }
    int equals = asked.indexOf('=');
    String classes = asked.substring(equals + 1);
    boolean numbers = INDICES.matcher(classes).matches();
    List<Integer> indices = numbers ? indices(classes) : List.of(index(classes));
    String name =
        equals > 0
            ? asked.substring(0, equals)
            : indices.size() == 1 ? name(indices.get(0)) : all(classes);
    String plain = shortened(name);
    String numbered = indices.size() == 1 ? "class " + indices.get(0) : all(classes);
    return output.of(indices, plain.isEmpty() ? shortened(numbered) : plain);
  }

  private static String all(String classes) {
    return "classes " + classes.replace(",", " and ");
  }

  private static List<Integer> indices(String text) {
    return Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
  }

  /** The class of a name, or of one of the names of a class that has several. */
  private int index(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    List<Integer> whole = found(wanted::equals);
    List<Integer> found =
        whole.isEmpty()
            ? found(
                several ->
                    Arrays.stream(several.split(",", -1))
                        .map(String::strip)
                        .anyMatch(wanted::equals))
            : whole;
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new IllegalArgumentException(
        names.isEmpty()
            ? "its classes have no names; name '" + name + "' by its number"
            : found.isEmpty()
                ? "none of its "
                    + names.size()
                    + " classes is called '"
                    + name
                    + "'"
                    + CloseName.hint(name, names)
                : "classes "
                    + found.stream().map(String::valueOf).collect(Collectors.joining(" and "))
                    + " are called '"
                    + name
                    + "'; name one by its number");
  }

  private List<Integer> found(Predicate<String> isWanted) {
    return IntStream.range(0, names.size())
        .filter(i -> isWanted.test(names.get(i).toLowerCase(Locale.ROOT)))
        .boxed()
        .toList();
  }

  /** The first of several names, of the letters that a card takes. */
  private static String shortened(String name) {
    int comma = name.indexOf(',');
    String first = comma > 0 ? name.substring(0, comma) : name;
    String plain = first.strip().replaceAll("[^A-Za-z0-9 _.-]+", "-").replaceAll("^[ _.-]+", "");
    return plain.substring(0, Math.min(LONGEST, plain.length()));
  }
}
