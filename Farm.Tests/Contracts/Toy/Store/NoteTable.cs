using Farm.Server.Store.Engine;

namespace Farm.Tests.Contracts.Toy.Store;

/// <summary>The table <c>toy_notes</c>.</summary>
internal static class NoteTable
{
    public static List<string> All(StoreSession db) => db.All("SELECT text FROM toy_notes ORDER BY id", static row => row.GetString(0));

    public static void Insert(StoreSession db, string text) => db.Execute("INSERT INTO toy_notes (text) VALUES ($1)", text);

    public static long Count(StoreSession db) => db.Number("SELECT count(*) FROM toy_notes");

    public static long CountOf(StoreSession db, string text) => db.Number("SELECT count(*) FROM toy_notes WHERE text = $1", text);
}
