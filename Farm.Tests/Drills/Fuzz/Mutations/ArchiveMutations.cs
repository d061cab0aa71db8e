using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Farm.Tests.Contracts.FlowServ;

namespace Farm.Tests.Drills.Fuzz.Mutations;

/// <summary>Project folders that no one packs by accident: hostile names, links, sizes and YAML.</summary>
internal static class ArchiveMutations
{
    private static readonly string[] Names =
    [
        "../x", "/etc/x", "a/../../x", "C:\\x", "a\\..\\x", "a\0b", "", ".", "..", "con", "a/", "\u202e", new('n', 300), string.Concat(Enumerable.Repeat("d/", 200)) + "x", "flowserv.yaml", "workflow.yaml", "code/greet.py", "CODE/greet.py", "code",
    ];

    /// <summary>A new archive.</summary>
    public static byte[] Build(Random random)
    {
        var files = Projects.HelloWorld.Select(file => (Name: file.Key, Content: Encoding.UTF8.GetBytes(file.Value))).ToList();
        for (var i = random.Next(1, 3); i > 0; i--)
        {
            var index = random.Next(files.Count);
            if (random.Chance(60)) files[index] = (files[index].Name, ByteMutations.Mutate(files[index].Content, random, HostileValues.Yaml));
            else if (random.Chance(50)) files.Add((random.Pick(Names), files[index].Content));
            else files.RemoveAt(index);
        }

        var archive = random.Chance(50) ? Tar(files, random) : Zip(files);
        return random.Chance(20) ? ByteMutations.Mutate(archive, random) : archive;
    }

    private static byte[] Tar(List<(string Name, byte[] Content)> files, Random random)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(packed))
        {
            foreach (var (name, content) in files.Where(file => file.Name.Length > 0 && !file.Name.Contains('\0')))
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            if (random.Chance(20)) tar.WriteEntry(new PaxTarEntry(random.Pick([TarEntryType.SymbolicLink, TarEntryType.HardLink]), "code/link") { LinkName = random.Pick(["/etc/passwd", "../../x", "greet.py"]) });
            if (random.Chance(10)) tar.WriteEntry(new PaxTarEntry(TarEntryType.Fifo, "code/fifo"));
            // A small file that unpacks to much more.
            if (random.Chance(2)) tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "code/zeros") { DataStream = new MemoryStream(new byte[4 * 1024 * 1024]) });
        }

        return bytes.ToArray();
    }

    private static byte[] Zip(List<(string Name, byte[] Content)> files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name.Length > 0 ? name : "x").Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }
}
