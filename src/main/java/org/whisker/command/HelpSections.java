package org.whisker.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.value.Text;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Parts the options of a command's help by headings, for a command with many of them. */
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
