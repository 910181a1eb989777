"""Making the files of the scenario `ichigo` from the order of battle in ../shared/facts."""
