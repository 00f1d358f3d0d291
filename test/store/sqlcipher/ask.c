/* Opens a file with SQLCipher itself and a raw key, read from standard input, and prints the first column of what a query answers. */
#include "sqlite3.h"
#include <stdio.h>
#include <string.h>

static int print(void *unused, int columns, char **values, char **names) {
  (void)unused, (void)names;
  if (columns > 0) puts(values[0] ? values[0] : "");
  return 0;
}

int main(int count, char **arguments) {
  char key[80], pragma[128], *error = NULL;
  sqlite3 *database;
  if (count != 3 || fgets(key, sizeof key, stdin) == NULL) return 2;
  key[strcspn(key, "\n")] = 0;
  snprintf(pragma, sizeof pragma, "PRAGMA key = \"x'%s'\"", key);
  if (sqlite3_open_v2(arguments[1], &database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
      sqlite3_exec(database, pragma, NULL, NULL, &error) != SQLITE_OK ||
      sqlite3_exec(database, arguments[2], print, NULL, &error) != SQLITE_OK) {
    fprintf(stderr, "%s\n", error ? error : sqlite3_errmsg(database));
    return 1;
  }
  return sqlite3_close(database) == SQLITE_OK ? 0 : 1;
}
