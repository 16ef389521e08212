package org.whisker.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.value.Text;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Parts the options of a command's help by headings, and wraps what stands below them. */
public final class HelpSections {
  private final Map<String, String> headings;

  private HelpSections(Map<String, String> headings) {
    this.headings = headings;
  }

  /**
   * Puts headings into the help of a command whose options are in their declared order.
   *
   * @param headings by the long name of the option before which each stands
   */
  public static void put(CommandSpec spec, Map<String, String> headings) {
    HelpSections sections = new HelpSections(Map.copyOf(headings));
    spec.usageMessage()
        .sectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, sections::render);
  }

  /** Wraps the paragraphs of what stands below the options anew, for the width of this help. */
  static void wrapFooter(CommandSpec spec) {
    spec.usageMessage()
        .sectionMap()
        .put(
            UsageMessageSpec.SECTION_KEY_FOOTER, help -> footer(help.commandSpec().usageMessage()));
  }

  /** Indented lines, such as examples, stay as they are, so that they can be copied. */
  private static String footer(UsageMessageSpec usage) {
    StringBuilder text = new StringBuilder();
    StringBuilder paragraph = new StringBuilder();
    for (String line : usage.footer()) {
      if (line.isBlank() || line.startsWith(" ")) {
        wrap(paragraph, usage.width(), text);
        text.append(line).append(System.lineSeparator());
      } else {
        paragraph.append(paragraph.isEmpty() ? "" : " ").append(line);
        if (line.endsWith(":")) {
          wrap(paragraph, usage.width(), text);
        }
      }
    }
    wrap(paragraph, usage.width(), text);
    return text.toString();
  }

  private static void wrap(StringBuilder paragraph, int width, StringBuilder text) {
    int column = 0;
    for (String word : paragraph.toString().split(" ", -1)) {
      boolean next = column > 0 && column + 1 + word.length() >= width;
      text.append(next ? System.lineSeparator() : column > 0 ? " " : "").append(word);
      column = next || column == 0 ? word.length() : column + 1 + word.length();
    }
    text.append(paragraph.isEmpty() ? "" : System.lineSeparator());
    paragraph.setLength(0);
  }

  private String render(Help help) {
    StringBuilder text = new StringBuilder();
    List<OptionSpec> section = new ArrayList<>();
    for (OptionSpec option : help.commandSpec().options()) {
      String heading = headings.get(option.longestName());
      if (heading != null) {
        flush(help, section, text);
        text.append(Text.of("%n%s%n", heading));
      }
      section.add(option);
    }
    flush(help, section, text);
    return text.toString();
  }

  private static void flush(Help help, List<OptionSpec> section, StringBuilder text) {
    Help.Layout layout = help.createDefaultLayout();
    layout.addAllOptions(section, help.parameterLabelRenderer());
    text.append(layout);
    section.clear();
  }
}
