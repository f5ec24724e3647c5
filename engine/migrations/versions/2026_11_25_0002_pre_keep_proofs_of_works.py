"""0002 pre keep proofs of works

Rules: never import a model or a type of ours; *pre* in the file name when the
old code can run on it, *post* when it can't; name every constraint.
"""

import sqlalchemy as sa
from alembic import op


revision = '4f6d0c1be2a7'
down_revision = 'a9097d82e05a'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('works_proof',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_number', sa.Text(), nullable=False),
    sa.Column('works_list_id', sa.Uuid(), nullable=True),
    sa.Column('file_name', sa.Text(), nullable=False),
    sa.Column('media_type', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['case_number'], ['case_file.number'], name=op.f('fk_works_proof_case_number_case_file')),
    sa.ForeignKeyConstraint(['works_list_id'], ['works_list.id'], name=op.f('fk_works_proof_works_list_id_works_list')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_works_proof'))
    )
    with op.batch_alter_table('works_proof', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_works_proof_case_number'), ['case_number'], unique=False)


def downgrade() -> None:
    op.drop_table('works_proof')
