using System.CommandLine;
using Evenkeel.Host.Commands;

// One program, several verbs; without one it serves.
var root = ServeCommand.Create(new RootCommand("Evenkeel: a chat server that stays on an even keel."));
root.Subcommands.Add(ServeCommand.Create(new Command("serve", "Serve web and worker (the default), or what Roles says.")));
root.Subcommands.Add(WorkerCommand.Create());
root.Subcommands.Add(MigrateCommand.Create());
root.Subcommands.Add(DoctorCommand.Create());
root.Subcommands.Add(OpenApiCommand.Create());
return await root.Parse(args).InvokeAsync();
