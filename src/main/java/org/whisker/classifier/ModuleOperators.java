package org.whisker.classifier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.whisker.value.Checks;

/**
 * Which operators the code of a TorchScript module names. A module may compute; one that names
 * anything else, such as {@code torch.from_file} or {@code torch.save}, which read and write files,
 * is refused before libtorch sees it. This is read off the source in the archive, all of it,
 * whatever of it would run.
 */
public final class ModuleOperators {
  private static final int MOST_CODE = 64 << 20; // bytes of a file in the archive
  private static final String NATIVE = "torch.classes"; // objects that C++ implements
  private static final Pattern SPACE = Pattern.compile(" ");
  private static final Set<String> ALLOWED = allowed();

  /** Methods of tensors by that name reach files, so no attribute of a module may have it. */
  private static final Set<String> FILES = Set.of("save", "from_file", "load", "open");

  private ModuleOperators() {}

  private static Set<String> allowed() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(ModuleOperators.class.getResourceAsStream("operators.txt")),
                StandardCharsets.UTF_8))) {
      return in.lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(SPACE::splitAsStream)
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks a module's archive. Its files name each other's methods and attributes.
   *
   * @throws IOException in one line that names the file and the operator
   */
  public static void check(Path file) throws IOException {
    Set<String> names = new HashSet<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Set<String> own = new HashSet<>();
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!names.add(entry.getName()) || entry.getName().endsWith("/model.json")) {
          throw refused(file, "holds " + entry.getName() + ", which no export of today does");
        }
        if (isCode(entry)) {
          own.addAll(declared(ScriptTokens.of(text(file, zip, entry))));
        }
      }
      for (ZipEntry entry : Collections.list(zip.entries())) {
        check(file, zip, entry, own);
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw new IOException(file + " is damaged: " + e.getMessage() + "; save it again", e);
    }
  }

  private static void check(Path file, ZipFile zip, ZipEntry entry, Set<String> own)
      throws IOException {
    if (!isCode(entry) && !entry.getName().endsWith(".pkl")) {
      return;
    }
    String text = text(file, zip, entry);
    String other = isCode(entry) ? outside(text, own) : text.contains(NATIVE) ? NATIVE : "";
    if (!other.isEmpty()) {
      throw refused(file, "uses " + other + ", which is not among the tensor operators");
    }
  }

  private static boolean isCode(ZipEntry entry) {
    return entry.getName().endsWith(".py");
  }

  private static String text(Path file, ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(MOST_CODE + 1);
      if (bytes.length > MOST_CODE) {
        throw refused(file, "holds more than 64 MiB in " + entry.getName());
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  private static IOException refused(Path file, String what) {
    return new IOException(
        "%s %s; a module's code runs as you: if you trust whoever made it, import it with --trust"
            .formatted(file, what));
  }

  /** The first operator that a source names and that is not allowed; empty when there is none. */
  static String outside(String source) {
    return outside(source, declared(ScriptTokens.of(source)));
  }

  private static String outside(String source, Set<String> own) {
    List<String> tokens = ScriptTokens.of(source);
    for (int i = 0; i < tokens.size(); i++) {
      String found = outside(tokens, i, own);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return "";
  }

  /** Names of methods, attributes and variables with a type. */
  private static Set<String> declared(List<String> tokens) {
    Set<String> own = new HashSet<>();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).equals("def")) {
        own.add(tokens.get(i + 1));
      } else if (tokens.get(i + 1).equals(":") && ScriptTokens.isName(tokens.get(i))) {
        own.add(tokens.get(i));
      }
    }
    own.removeAll(FILES);
    return own;
  }

  private static String outside(List<String> tokens, int at, Set<String> own) {
    String token = tokens.get(at);
    if (token.equals("getattr")) {
      return attribute(tokens, at, own);
    }
    boolean named = at > 0 && tokens.get(at - 1).equals(".") && ScriptTokens.isName(token);
    if (!named) {
      return "";
    }
    String root = root(tokens, at);
    if (root.startsWith("__torch__.")) {
      return root.startsWith("__torch__." + NATIVE) ? NATIVE : "";
    }
    if (root.equals("ops." + token)) {
      return Set.of("aten", "prim").contains(token) ? "" : root;
    }
    boolean operator = root.startsWith("torch.") || root.startsWith("ops.");
    return isAllowed(token) || (!operator && own.contains(token)) || root.startsWith("CONSTANTS.")
        ? ""
        : root;
  }

  /** The dotted name that ends at a token, from its first name on. */
  private static String root(List<String> tokens, int at) {
    int from = at;
    while (from >= 2
        && tokens.get(from - 1).equals(".")
        && ScriptTokens.isName(tokens.get(from - 2))) {
      from -= 2;
    }
    return String.join("", tokens.subList(from, at + 1));
  }

  private static boolean isAllowed(String name) {
    return ALLOWED.contains(name)
        || (name.endsWith("_") && ALLOWED.contains(name.substring(0, name.length() - 1)));
  }

  /** {@code getattr(object, "name")}, which exporters write for what is no name, as layer "0". */
  private static String attribute(List<String> tokens, int at, Set<String> own) {
    int text = at + 1;
    while (text < tokens.size() && !tokens.get(text).equals(")") && !isText(tokens.get(text))) {
      text++;
    }
    boolean plain =
        text + 1 < tokens.size()
            && tokens.get(at + 1).equals("(")
            && isText(tokens.get(text))
            && tokens.get(text + 1).equals(")");
    String name = plain ? ScriptTokens.unquoted(tokens.get(text)) : "";
    boolean known = own.contains(name) || isAllowed(name) || name.matches("\\d+\\w*");
    return plain && known ? "" : "getattr of " + (plain ? name : "something unknown");
  }

  private static boolean isText(String token) {
    return !ScriptTokens.unquoted(token).equals(token);
  }

  /**
   * The words of TorchScript source: names, texts in their quotes, numbers and single characters.
   * Spaces and comments are left out.
   */
  static final class ScriptTokens {
    private static final Pattern TOKEN =
        Pattern.compile(
            "(?<space>[\\s\\\\]+|#[^\\n]*)"
                // possessive: a loop, where a greedy group would take stack for each character
                + "|(?<text>\"\"\"(?:[^\"\\\\]|\\\\.|\"(?!\"\"))*+\"\"\"|'''(?:[^'\\\\]|\\\\.|'(?!''))*+'''|\"(?:\\\\.|[^\"\\\\\\n"
                + "])*+\"|'(?:\\\\.|[^'\\\\\\n"
                + "])*+')|(?<name>[A-Za-z_][A-Za-z_0-9]*)"
                + "|(?<number>\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?)|(?<other>[^\"'])",
            Pattern.DOTALL);

    private ScriptTokens() {}

    /**
     * Splits a source.
     *
     * @throws IllegalArgumentException for a text that has no end
     */
    static List<String> of(String source) {
      List<String> tokens = new ArrayList<>();
      Matcher matcher = TOKEN.matcher(source);
      int at = 0;
      while (at < source.length()) {
        Checks.refuse(!matcher.find(at) || matcher.start() != at, "a text without an end");
        at = matcher.end();
        if (matcher.group("space") == null) {
          tokens.add(matcher.group());
        }
      }
      return tokens;
    }

    static boolean isName(String token) {
      char first = token.charAt(0);
      return first == '_' || (first < 128 && Character.isLetter(first));
    }

    /** The content of a text; the token itself when it is none. */
    static String unquoted(String token) {
      char quote = token.charAt(0);
      boolean text = token.length() >= 2 && (quote == '"' || quote == '\'');
      return text ? token.substring(1, token.length() - 1) : token;
    }
  }
}
