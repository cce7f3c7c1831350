from django.db import migrations

from journal.immuable import operation


class Migration(migrations.Migration):
    dependencies = [("comptes_rendus", "0001_initial"), ("journal", "0002_immuable")]
    operations = [operation("comptes_rendus_pdffige")]
