package org.whisker.feature.models;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.Figures;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.command.Command;
import org.whisker.command.CommandGroup;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.command.Errors;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption;
import org.whisker.command.RecordCommand;
import org.whisker.command.TextTable;
import org.whisker.io.Decimals;
import org.whisker.job.InvalidRequestException;
import org.whisker.option.Option;
import org.whisker.table.Column;
import org.whisker.table.Columns;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;
import org.whisker.value.Text;

/** {@code whisker models}: which classifiers there are. */
@Command(
    name = "models",
    description = "Lists, describes, checks, imports, exports, renames and deletes classifiers.",
    footer = {
      "",
      "Examples:",
      "  whisker models list",
      "  whisker models show vgg16-mini",
      "  whisker models verify",
      "  whisker models import cats.pt --name cats --input 1x224x224 \\",
      "      --output logit --cat 0",
      "  whisker models fetch vgg16",
      "  whisker models export vgg16-mini --format torchscript --out vgg16-mini.pt",
      "  whisker models rename cats my-cats",
      "  whisker models delete my-cats"
    })
public final class ModelsCommand extends CommandGroup {
  private static final List<Member> MEMBERS =
      List.of(
          new Member(ListCommand::new, Order.ALPHABET),
          new Member(ShowCommand::new, Order.ALPHABET),
          new Member(VerifyCommand::new, Order.ALPHABET),
          new Member(ImportCommand::new, Order.OWN),
          new Member(FetchCommand::new, Order.OWN),
          new Member(ExportCommand::new, Order.OWN),
          new Member(RenameCommand::new, Order.ALPHABET),
          new Member(DeleteCommand::new, Order.ALPHABET));

  public ModelsCommand(Environment environment) {
    super(environment, MEMBERS);
  }

  @Command(
      name = "list",
      description = "Lists all classifiers in a table.",
      footer = {"", "Example:", "  whisker models list"})
  private static final class ListCommand extends RecordCommand<ListCommand.Nothing> {
    /** The options of a command that has none. */
    record Nothing() {}

    ListCommand(Environment environment) {
      super(environment, Nothing.class, Extra.JSON);
    }

    @Override
    public Integer call() throws IOException {
      List<StoredModelRow> rows = new ArrayList<>();
      int exitCode = ExitCode.OK;
      ModelStore store = new ModelStore(environment().home().models());
      for (String name : names(environment(), common())) {
        try {
          rows.add(row(store.card(name)));
        } catch (IOException e) {
          environment().err().println("whisker: " + Errors.of(e).line());
          exitCode = ExitCode.FAILURE;
        }
      }
      if (json()) {
        new JsonOption.Document()
            .table("models", StoredModelRow.TABLE, rows)
            .print(environment().out());
      } else if (!rows.isEmpty()) {
        environment()
            .out()
            .print(
                TextTable.of(
                    Columns.of(StoredModelRow.class)
                        .with("NAME", StoredModelRow::name)
                        .with("ARCHITECTURE", StoredModelRow::architecture)
                        .with("INPUT", row -> row.width() + "x" + row.height())
                        .with(
                            "PARAMETERS",
                            row ->
                                row.parameters().isEmpty()
                                    ? "-"
                                    : Text.of("%,d", row.parameters().getAsLong()))
                        .with(
                            "TEST ACCURACY",
                            row ->
                                row.accuracy().isEmpty()
                                    ? "-"
                                    : Decimals.percent(row.accuracy().getAsDouble()))
                        .with(
                            "p OF WHITE",
                            row -> Text.number("%.3f", row.whiteCatProbability(), "-")),
                    rows));
      }
      return exitCode;
    }
  }

  @Command(
      name = "show",
      description = "Shows all that is known about one classifier.",
      footer = {"", "Example:", "  whisker models show vgg16-mini"})
  private static final class ShowCommand extends RecordCommand<ShowCommand.Named> {
    record Named(
        @Option(
                candidates = Option.MODELS,
                label = "NAME",
                help = "The classifier, by name or path.")
            String name) {}

    ShowCommand(Environment environment) {
      super(environment, Named.class, Extra.JSON);
    }

    @Override
    public Integer call() throws IOException {
      String name = config().name();
      ModelStore store = new ModelStore(environment().home().models());
      checkName(store, name);
      ModelCard card = store.card(name);
      ModelDescription description =
          ModelDescription.of(
              card, ModelDescription.keptEvaluations(environment().home().analyses(), card));
      if (json()) {
        description.document().print(environment().out());
      } else {
        environment().out().print(description.text());
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "verify",
      description = "Checks the weights of classifiers against the SHA-256 on their cards.",
      footer = {
        "",
        "Examples:",
        "  whisker models verify",
        "  whisker models verify vgg16-mini other"
      })
  private static final class VerifyCommand extends RecordCommand<VerifyCommand.Names> {
    record Names(
        @Option(candidates = Option.MODELS, label = "NAME", help = "Default: all classifiers.")
            List<String> names) {}

    VerifyCommand(Environment environment) {
      super(environment, Names.class, Extra.JSON);
    }

    @Override
    public Integer call() throws IOException {
      List<String> named = config().names();
      List<String> names = named.isEmpty() ? names(environment(), common()) : named;
      ModelStore store = new ModelStore(environment().home().models());
      names.forEach(name -> checkName(store, name));
      List<VerifiedRow> rows = new ArrayList<>();
      for (String name : names) {
        VerifiedRow row = verified(store, name);
        rows.add(row);
        if (!json()) {
          environment().out().println(row.line());
        }
      }
      if (json()) {
        new JsonOption.Document()
            .table("models", VerifiedRow.TABLE, rows)
            .print(environment().out());
      }
      return rows.stream().allMatch(VerifiedRow::ok) ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static VerifiedRow verified(ModelStore store, String name) {
      try {
        return new VerifiedRow(name, true, store.open(name).card().weights().sha256(), "");
      } catch (IOException e) {
        return new VerifiedRow(name, false, "", Errors.of(e).line());
      }
    }

    /** A classifier, and whether its weights are those of its card. */
    private record VerifiedRow(
        String model,
        @Column(meaning = "whether the weights are those that its card names") boolean ok,
        @Column(meaning = "SHA-256 of the weights; empty where they are wrong or missing")
            String sha256,
        @Column(meaning = "what is wrong; empty for none") String problem) {
      static final Table<VerifiedRow> TABLE = Table.of(VerifiedRow.class);

      String line() {
        return ok ? "ok " + model + " " + sha256 : "BAD " + model + " " + problem;
      }
    }
  }

  @Command(
      name = "rename",
      description = {
        "Gives a classifier another name, which must be free.",
        "Folders that were written before keep the old name; the SHA-256 of the weights in them"
            + " stays the same."
      },
      footer = {"", "Example:", "  whisker models rename cats my-cats"})
  private static final class RenameCommand extends RecordCommand<RenameCommand.NewName> {
    record NewName(
        @Option(candidates = Option.MODELS, label = "NAME", help = "The classifier.") String name,
        @Option(label = "NEW", help = "Its new name.") String other) {}

    RenameCommand(Environment environment) {
      super(environment, NewName.class);
    }

    @Override
    public Integer call() throws IOException {
      NewName asked = config();
      ModelStore store = new ModelStore(environment().home().models());
      InvalidRequestException.check(() -> store.contains(asked.name()));
      InvalidRequestException.check(() -> store.contains(asked.other()));
      store.rename(asked.name(), asked.other());
      environment().out().println(environment().home().models().resolve(asked.other()));
      return ExitCode.OK;
    }
  }

  @Command(
      name = "delete",
      description = {
        "Deletes classifiers: their cards, weights and names of classes. It can't be undone.",
        "Other files in a classifier's folder stay."
      },
      footer = {"", "Example:", "  whisker models delete my-cats"})
  private static final class DeleteCommand extends RecordCommand<DeleteCommand.Unwanted> {
    record Unwanted(
        @Option(needed = true, candidates = Option.MODELS, label = "NAME", help = "Classifiers.")
            List<String> names) {}

    DeleteCommand(Environment environment) {
      super(environment, Unwanted.class);
    }

    @Override
    public Integer call() throws IOException {
      List<String> names = config().names();
      ModelStore store = new ModelStore(environment().home().models());
      for (String name : names) {
        InvalidRequestException.check(() -> store.contains(name));
        store.card(name); // all are there, or none is deleted
      }
      for (String name : names) {
        boolean gone = store.delete(name);
        environment()
            .out()
            .println("deleted " + name + (gone ? "" : "; other files in its folder stay"));
      }
      return ExitCode.OK;
    }
  }

  private static List<String> names(Environment environment, CommonOptions common)
      throws IOException {
    List<String> names = new ModelStore(environment.home().models()).list();
    if (names.isEmpty() && !common.quiet()) {
      environment
          .err()
          .println(
              "no models under "
                  + environment.home().models()
                  + "; "
                  + new ModelStore(environment.home().models()).mendOfNone());
    }
    return names;
  }

  private static void checkName(ModelStore store, String name) {
    if (!name.contains("/") && !name.contains("\\")) {
      InvalidRequestException.check(() -> store.contains(name));
    }
  }

  private static StoredModelRow row(ModelCard card) throws IOException {
    Figures figures = card.figures();
    return new StoredModelRow(
        card.name(),
        card.kind(),
        card.input().width(),
        card.input().height(),
        card.isModule() ? OptionalLong.empty() : OptionalLong.of(Networks.of(card).trainedSize()),
        OptionalNumber.ofNullable(figures, Figures::accuracy),
        OptionalNumber.ofNullable(figures, Figures::whiteCatProbability));
  }

  /** A classifier that is there. */
  private record StoredModelRow(
      String name,
      @Column(meaning = "or what else it is") String architecture,
      @Column(meaning = "columns of its input") int width,
      int height,
      @Column(meaning = "trained numbers; empty for a module, whose layers are unknown")
          OptionalLong parameters,
      @Column(
              unit = "share",
              meaning = "accuracy on its test photos; empty where it was not evaluated")
          OptionalDouble accuracy,
      @Column(
              unit = "probability",
              meaning = "p(target) of a white image; empty where it was not evaluated")
          OptionalDouble whiteCatProbability) {
    static final Table<StoredModelRow> TABLE = Table.of(StoredModelRow.class);
  }
}
