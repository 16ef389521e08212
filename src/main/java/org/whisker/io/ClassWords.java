package org.whisker.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words for the class that a network is asked for, in the prose of pages and terminals. Prose
 * is written for cats; for another class its name is put in their place: a cat becomes a dog,
 * not-cat not-dog. Of one class against another, not-cat becomes the other. Tables and charts speak
 * of the target and name no class. Names of files and options stay, as does a text that is the name
 * of a picture, or begins with one, and whatever a user named.
 *
 * @param name the class; empty where it is cat; {@link #TARGET} where networks of several classes
 *     are compared
 * @param kept what the user named: files, folders, models. A name of the bare word stays only where
 *     it is the whole text
 */
public record ClassWords(String name, Set<String> kept) {
  /** Between the names of two classes, one of which is held against the other. */
  public static final String AGAINST = " against ";

  /** What a class is called in names of columns, and where networks have several. */
  public static final String TARGET = "target";

  /** Entry of a manifest: the class of a model, or of photos where there is none. */
  public static final String CLASS = "class";

  /** Entries of a manifest in which users named something. */
  private static final Set<String> NAMING =
      Set.of(
          "arguments",
          "configuration",
          "data",
          "file",
          "files",
          "image",
          "model",
          "models",
          "name",
          "path",
          "source");

  /** A name may be a part of a path, of a list, or of an option with its value. */
  private static final Pattern PARTS = Pattern.compile("[/\\\\,=@]");

  /** Folders of an image of a run of an experiment of a model lie so far below the manifest. */
  private static final int FARTHEST = 5;

  private static final int DEEP = 3;
  private static final Pattern CAT =
      Pattern.compile(
          "(?<![\\w/+=.-])(?!^cat(?:$|[:,] |  ))((?:[Aa]"
              + " )?)([Nn]ot-|NOT-)?(?:([Cc])at(s?)|CAT(S?))(?![\\w/+=]|\\.[a-z]|-v?\\d|"
              + " [\\w()-]+\\.(?:png|jpe?g|csv|npy))",
          Pattern.MULTILINE);

  private static final ClassWords CATS = new ClassWords("");

  /** What a card takes: a manifest may be anybody's, and the name stands in drawings as it is. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 _.,-]{0,199}");

  /** The words of the manifest that was read last. */
  private static volatile Of lastRead =
      new Of(new State(Path.of(""), null, FileTime.fromMillis(0), 0), CATS);

  public ClassWords {
    kept = kept.stream().filter(each -> CAT.matcher(each).find()).collect(Collectors.toSet());
  }

  /** Where nothing was named. */
  public ClassWords(String name) {
    this(name, Set.of());
  }

  /** The same, where these paths or words of a command line, and their parts, stay. */
  public ClassWords keeping(Collection<String> named) {
    Set<String> all = new TreeSet<>(kept);
    for (String each : named) {
      all.add(each);
      PARTS.splitAsStream(each).forEach(all::add);
    }
    return new ClassWords(name, all);
  }

  /**
   * The words that follow from the manifest of a folder, or of the nearest folder above it; the
   * usual ones where that can't be read.
   */
  public static ClassWords of(Path folder) {
    @Nullable Path at = folder.toAbsolutePath().normalize();
    for (int i = 0; i < FARTHEST && at != null; i++) {
      if (Manifest.isIn(at)) {
        try {
          return ofManifestIn(at).keeping(List.of(folder.toString()));
        } catch (IOException e) {
          return CATS; // whoever draws the folder says what is wrong with it
        }
      }
      at = at.getParent();
    }
    return CATS;
  }

  /** A manifest is read once for all tables beside it, and again when it is another file. */
  private static ClassWords ofManifestIn(Path folder) throws IOException {
    State state = State.of(Manifest.file(folder));
    Of last = lastRead;
    if (!last.state().equals(state)) {
      JsonNode manifest = Manifest.read(folder);
      Set<String> named = new TreeSet<>(List.of(folder.toString()));
      name(manifest, false, named);
      last = new Of(state, of(manifest).keeping(named));
      lastRead = last;
    }
    return last.words();
  }

  /** A file as it is now: one that is written again has another key or time. */
  private record State(Path file, @Nullable Object key, FileTime written, long size) {
    static State of(Path file) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(file, now.fileKey(), now.lastModifiedTime(), now.size());
    }
  }

  private record Of(State state, ClassWords words) {}

  /** The words that follow from a manifest, whatever users named. */
  public static ClassWords of(JsonNode manifest) {
    Set<String> classes = new TreeSet<>();
    collect(manifest, DEEP, classes);
    return ofAll(classes);
  }

  /** The words for networks of these classes; "" is cat. */
  public static ClassWords ofAll(Set<String> classes) {
    return classes.isEmpty()
        ? CATS
        : new ClassWords(classes.size() == 1 ? classes.iterator().next() : TARGET);
  }

  /** The classes of all models that a manifest names; "" for cat. */
  private static void collect(JsonNode node, int deep, Set<String> classes) {
    boolean isModel = node.path("name").isTextual() && node.path("sha256").isTextual();
    if (isModel || (node.path("command").isTextual() && node.has(CLASS))) {
      String name = node.path(CLASS).asText("");
      classes.add(NAME.matcher(name).matches() ? name : "");
    } else if (deep > 0) {
      node.forEach(each -> collect(each, deep - 1, classes));
    }
  }

  /** All that users named. */
  private static void name(JsonNode node, boolean isNaming, Set<String> named) {
    if (node.isTextual() && isNaming) {
      named.add(node.asText());
    } else if (node.isArray()) {
      node.forEach(each -> name(each, isNaming, named));
    } else {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        name(entry.getValue(), isNaming || NAMING.contains(entry.getKey()), named);
      }
    }
  }

  /** Whether texts stay as they are. A class that is a cat by its name has them, too. */
  public boolean areUsual() {
    return name.isEmpty() || name.toLowerCase(Locale.ROOT).matches(".*\\bcats?\\b.*");
  }

  /** A text with the class in place of cat. */
  public String in(String written) {
    if (areUsual() || kept.contains(written) || !written.toLowerCase(Locale.ROOT).contains("cat")) {
      return written;
    }
    return CAT.matcher(written)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(isNamed(written, found) ? found.group() : said(found)));
  }

  /** Whether it is a part of a longer name of the user's. */
  private boolean isNamed(String text, MatchResult found) {
    for (String each : kept) {
      int at = CAT.matcher(each).matches() ? -1 : text.indexOf(each);
      for (; at >= 0 && at <= found.start(); at = text.indexOf(each, at + 1)) {
        if (found.end() <= at + each.length() && isWhole(text, at, at + each.length())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isWhole(String text, int from, int to) {
    return (from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
        && (to == text.length() || !Character.isLetterOrDigit(text.charAt(to)));
  }

  private String said(MatchResult found) {
    int against = name.indexOf(AGAINST);
    if (against < 0) {
      return said(found, name);
    } else if (found.group(2) != null) {
      return found.group(1) + name.substring(against + AGAINST.length());
    }
    return said(found, isAlone(found) ? name : name.substring(0, against));
  }

  private static boolean isAlone(MatchResult found) {
    return found.group(1).isEmpty() && found.group(4) != null && found.group(4).isEmpty();
  }

  private String said(MatchResult found, String name) {
    String not = found.group(2) == null ? "" : found.group(2);
    if (found.group(3) == null) {
      String all = found.group(5).isEmpty() ? name : plural(name);
      return found.group(1) + not + all.toUpperCase(Locale.ROOT);
    }
    String article = found.group(1);
    boolean vowel = not.isEmpty() && "aeiouAEIOU".indexOf(name.charAt(0)) >= 0;
    String before = article.isEmpty() ? "" : article.charAt(0) + (vowel ? "n " : " ");
    String all = found.group(4).isEmpty() ? name : plural(name);
    String capital =
        found.group(3).equals("C")
            ? all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1)
            : all;
    return before + not + capital;
  }

  private static String plural(String name) {
    if (name.contains(",") || !Character.isLetter(name.charAt(name.length() - 1))) {
      return name + " images"; // a list of synonyms, or a number
    }
    if (name.matches(".*[^aeiou]y")) {
      return name.substring(0, name.length() - 1) + "ies";
    }
    return name + (name.matches(".*(?:s|x|z|ch|sh)") ? "es" : "s");
  }
}
