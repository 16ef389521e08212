package org.whisker.command;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A word that does nothing but stand before the commands of a group. */
@CommandLine.Command(mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND")
public abstract class CommandGroup implements Runnable {
  /** The order of a command's options in help. */
  public enum Order {
    /** As they are declared. */
    OWN,
    /** The same, with {@code --help} before them. */
    HELP_FIRST,
    ALPHABET
  }

  public record Member(Function<Environment, RecordCommand<?>> make, Order order) {
    private CommandLine line(Environment environment) {
      RecordCommand<?> command = make.apply(environment);
      CommandLine line =
          order == Order.OWN ? new CommandLine(command) : RecordCommand.helpFirst(command);
      line.getCommandSpec().usageMessage().sortOptions(order == Order.ALPHABET);
      return line;
    }
  }

  private final Environment environment;
  private final List<Member> members;
  private CommandSpec spec = CommandSpec.create();

  /**
   * Creates a group.
   *
   * @param members in the order in which help lists them
   */
  protected CommandGroup(Environment environment, List<Member> members) {
    this.environment = environment;
    this.members = List.copyOf(members);
  }

  /** Puts the commands below this one. */
  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    name(spec, getClass());
    members.forEach(member -> add(spec, member.line(environment)));
  }

  static void add(CommandSpec spec, CommandLine below) {
    spec.addSubcommand(below.getCommandName(), below);
  }

  /** Says what the class's {@link Command} says; a class may have picocli's own instead. */
  static void name(CommandSpec spec, Class<?> type) {
    Command said = type.getAnnotation(Command.class);
    if (said != null) {
      spec.name(said.name());
      spec.usageMessage().description(said.description()).footer(said.footer());
      HelpSections.wrapFooter(spec);
    }
  }

  @Override
  public void run() {
    List<String> names = List.copyOf(spec.subcommands().keySet());
    int last = names.size() - 1;
    String before = String.join(", ", names.subList(0, last));
    throw new ParameterException(
        spec.commandLine(),
        "name a command: " + before + (last == 0 ? "" : " or ") + names.get(last));
  }
}
