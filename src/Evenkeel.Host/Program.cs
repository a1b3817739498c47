using System.CommandLine;
using Evenkeel.Host.Commands;

if (ReadDocumentCommand.Matches(args))
{
    return ReadDocumentCommand.Run();
}

// One program, several verbs; without one it serves.
var root = ServeCommand.Create(new RootCommand("Evenkeel: a chat server that stays on an even keel."));
root.Subcommands.Add(ServeCommand.Create(new Command("serve", "Serve web and worker (the default), or what Roles says.")));
root.Subcommands.Add(WorkerCommand.Create());
root.Subcommands.Add(MigrateCommand.Create());
root.Subcommands.Add(DoctorCommand.Create());
root.Subcommands.Add(CatalogueImportCommand.Create());
root.Subcommands.Add(WorkersCommand.Create());
root.Subcommands.Add(EventsCommand.Create());
root.Subcommands.Add(OpenApiCommand.Create());

// By itself System.CommandLine ends the process two seconds after SIGTERM, in the middle of an orderly stop. Requests have 20 s to end and the database
// as long, with some more to be stopped by force.
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(55) });
return parsed.Errors.Count > 0 ? CommandSettings.WrongCall : code;
