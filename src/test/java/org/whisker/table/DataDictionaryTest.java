package org.whisker.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.cli.Folders;
import org.whisker.feature.Tables;
import org.whisker.table.Glossary.Units;

/** Every column of every table says what it means, in a known unit. */
class DataDictionaryTest {
  @Test
  void everyColumnHasAMeaning() throws ReflectiveOperationException {
    List<String> silent = new ArrayList<>();
    int columns = 0;
    for (Table<?> table : tables()) {
      for (Table.Field column : table.fields()) {
        columns++;
        if (column.meaning().isEmpty()) {
          silent.add(table.row().getName() + " " + column.name());
        }
      }
    }
    assertEquals(List.of(), silent);
    assertTrue(columns > 500, "only " + columns + " columns were found");
  }

  @Test
  void everyUnitIsAKnownOne() throws ReflectiveOperationException {
    List<String> unknown = new ArrayList<>();
    for (Table<?> table : tables()) {
      for (Table.Field column : table.fields()) {
        if (!column.unit().isEmpty() && !Units.KNOWN.contains(column.unit())) {
          unknown.add(table.row().getName() + " " + column.name() + ": " + column.unit());
        }
      }
    }
    assertEquals(List.of(), unknown);
  }

  @Test
  void theListOfTablesIsComplete() throws ReflectiveOperationException {
    List<String> listed = Tables.all().stream().map(table -> table.row().getName()).toList();
    List<String> left =
        tables().stream()
            .filter(table -> !table.file().isEmpty())
            .map(table -> table.row().getName())
            .filter(row -> !listed.contains(row))
            .toList();
    assertEquals(List.of(), left);
  }

  /** All constants of the type in the classes of whisker. */
  static List<Table<?>> tables() throws ReflectiveOperationException {
    List<Table<?>> tables = new ArrayList<>();
    for (String name : classes()) {
      Class<?> each = Class.forName(name, false, Table.class.getClassLoader());
      for (Field field : each.getDeclaredFields()) {
        if (field.getType() == Table.class && Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          tables.add((Table<?>) field.get(null));
        }
      }
    }
    return tables;
  }

  /** Names of the classes beside that of tables, those of tests not among them. */
  private static List<String> classes() {
    try {
      Path root = Path.of(Table.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Folders.files(root).stream()
          .map(file -> file.toString().replace(File.separatorChar, '.'))
          .filter(name -> name.startsWith("org.whisker.") && name.endsWith(".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .toList();
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
