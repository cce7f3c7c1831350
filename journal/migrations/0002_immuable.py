from django.db import migrations

from journal.immuable import operation


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [operation("journal_evenement")]
